MATCH (d:Dataset) RETURN count(*);
MATCH (d:Dataset) OPTIONAL MATCH (d)-[:KEPT_BY]->(k) WITH k, count(*) AS c ORDER BY c DESC, k.id LIMIT 5 RETURN k.name, c;
MATCH (d:Dataset) RETURN count(*), sum(d.sizeTb)
