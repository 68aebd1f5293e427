MATCH (n:Institution) WITH n, COUNT { (n)<-[:OWNED_BY]-() } AS c ORDER BY c DESC, n.name, n.id LIMIT 10
OPTIONAL MATCH (n)<-[:OWNED_BY]-(i) WITH n, c, sum(i.valueCny) AS s ORDER BY c DESC, n.name, n.id RETURN n.name, c, s
