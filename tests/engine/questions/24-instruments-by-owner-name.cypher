MATCH (n:Instrument)-[:OWNED_BY]->(o) RETURN n.name, o.name ORDER BY o.name, n.name DESC, n.id DESC LIMIT 15;
RETURN true, false
