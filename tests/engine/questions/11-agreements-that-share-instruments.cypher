MATCH (a:Agreement) WHERE EXISTS { (a)<-[:PARTY_TO]-(:Institution {kind: 'university'}) } RETURN count(*);
MATCH (a:Agreement) WHERE EXISTS { (a)<-[:PARTY_TO]-(:Institution {kind: 'university'}) } WITH a ORDER BY a.id LIMIT 20
RETURN a.name, COLLECT { MATCH (a)<-[:PARTY_TO]-(p) WITH p ORDER BY p.id LIMIT 5 RETURN p.name }, COLLECT { MATCH (a)-[:GRANTS]->(c) WITH c ORDER BY c.id RETURN [toUpper(c.kind), c.quota, toUpper(c.per)] }
