MATCH (a:Agreement {kind: 'framework'}) WITH a ORDER BY a.id LIMIT 20 RETURN a.name, COLLECT { MATCH (a)<-[:UNDER]-(s) WITH s ORDER BY s.id LIMIT 20 RETURN [s.name, a.name] }
