MATCH (p:Person)
WHERE EXISTS { MATCH (p)-[s:SKILLED_IN]->(t:Topic) WHERE s.level = 'expert' AND t.name CONTAINS '化学' }
WITH p ORDER BY p.name, p.id
WITH collect(p) AS found
RETURN size(found), COLLECT {
  UNWIND found[..6] AS p
  RETURN [p.name,
    COLLECT { MATCH (p)-[:SKILLED_IN {level: 'expert'}]->(t:Topic) WITH t ORDER BY t.code RETURN ['EXPERT', t.code, t.name] },
    COLLECT { MATCH (p)-[:AFFILIATED_WITH]->(i:Institution) RETURN i.name ORDER BY i.id }]
}
