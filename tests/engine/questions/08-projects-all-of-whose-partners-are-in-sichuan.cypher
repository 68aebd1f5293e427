MATCH (p:Project)<-[:PARTICIPATES_IN]-(i:Institution)-[:LOCATED_IN]->(d:Division)
WITH p, collect(DISTINCT left(d.code, 2)) AS provinces WHERE provinces = ['51']
WITH p ORDER BY p.budgetCny DESC, p.id DESC
WITH collect(p) AS found
RETURN size(found), COLLECT {
  UNWIND found[..5] AS p
  RETURN [p.name, toUpper(p.kind), p.budgetCny,
    COLLECT { MATCH (p)<-[r:PARTICIPATES_IN]-(i) WITH r, i ORDER BY i.id RETURN [toUpper(r.role), i.name] },
    COLLECT { MATCH (p)-[:ABOUT]->(t:Topic) RETURN t.code ORDER BY t.code }]
}
