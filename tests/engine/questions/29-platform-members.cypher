MATCH (p:Platform) WITH p ORDER BY p.name, p.id LIMIT 20 RETURN p.name, toUpper(p.kind), head([(p)-[:PART_OF]->(u) | u.name]), head([(p)-[:RUN_BY]->(o) | o.name]), COUNT { (p)<-[:MEMBER_OF]-() }
