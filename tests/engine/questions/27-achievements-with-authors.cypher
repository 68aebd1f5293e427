MATCH (a:Achievement {kind: 'paper'}) RETURN count(*);
MATCH (a:Achievement {kind: 'paper'}) WITH a ORDER BY a.publishedOn IS NULL, a.publishedOn DESC, a.id DESC LIMIT 8 RETURN a.name, a.doi, a.publishedOn, COLLECT { MATCH (a)<-[:AUTHORED]-(p) WITH p ORDER BY p.id LIMIT 20 RETURN p.name }, COLLECT { MATCH (a)-[:HELD_BY]->(i) WITH i ORDER BY i.id LIMIT 20 RETURN i.name }
