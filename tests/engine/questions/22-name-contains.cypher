MATCH (n:Instrument) WHERE n.name CONTAINS $word RETURN count(*);
MATCH (n:Instrument) WHERE n.name CONTAINS $word WITH n ORDER BY n.valueCny IS NULL, n.valueCny DESC, n.id DESC LIMIT 10 OPTIONAL MATCH (n)-[:OWNED_BY]->(o) RETURN n.name, n.valueCny, o.name
