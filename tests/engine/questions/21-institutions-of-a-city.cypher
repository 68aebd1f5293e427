MATCH (n:Institution)-[:LOCATED_IN]->(d) WHERE d.code STARTS WITH '5101' AND n.kind IN ['university', 'institute'] RETURN count(*);
MATCH (n:Institution)-[:LOCATED_IN]->(d) WHERE d.code STARTS WITH '5101' AND n.kind IN ['university', 'institute'] RETURN n.name, toUpper(n.kind), d.name ORDER BY n.name, n.id LIMIT 20
