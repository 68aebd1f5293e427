MATCH (p:Person) WHERE EXISTS { (p)-[:SKILLED_IN {level: 'expert'}]->() } RETURN count(*);
MATCH (p:Person) WHERE EXISTS { (p)-[:SKILLED_IN {level: 'expert'}]->() } WITH p ORDER BY p.name, p.id LIMIT 15
RETURN p.id, p.name, COLLECT { MATCH (p)-[e:SKILLED_IN {level: 'expert'}]->(t) WITH e, t ORDER BY t.id LIMIT 20 RETURN [toUpper(e.level), t.name] }
