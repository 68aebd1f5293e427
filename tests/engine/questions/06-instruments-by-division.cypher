MATCH (n:Instrument) OPTIONAL MATCH (n)-[:OWNED_BY]->()-[:LOCATED_IN]->(d) WITH d, count(*) AS c, sum(n.valueCny) AS s ORDER BY c DESC, d.id LIMIT 10 RETURN d.name, d.code, c, s
