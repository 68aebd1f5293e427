MATCH (p:Project {kind: 'joint_research'}) RETURN count(*);
MATCH (p:Project {kind: 'joint_research'}) WITH p ORDER BY p.startedOn IS NULL, p.startedOn DESC, p.id DESC LIMIT 10 RETURN p.name, p.budgetCny, p.startedOn, COLLECT { MATCH (p)<-[:PARTICIPATES_IN {role: 'lead'}]-(i) WITH i ORDER BY i.id LIMIT 20 RETURN i.name }
