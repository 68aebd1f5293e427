MATCH (p:Project)<-[r:PARTICIPATES_IN]-(i:Institution)
WHERE p.kind IN ['research', 'consulting']
WITH p, collect(DISTINCT i.kind) AS kinds, collect(r.role) AS roles
WHERE kinds = ['university'] AND NOT 'funder' IN roles
WITH p ORDER BY p.budgetCny DESC, p.id DESC
WITH collect(p) AS found
RETURN size(found), COLLECT {
  UNWIND found[..5] AS p
  RETURN [p.name, toUpper(p.kind), p.budgetCny,
    COLLECT { MATCH (p)<-[r:PARTICIPATES_IN]-(i) WITH r, i ORDER BY i.id RETURN [toUpper(r.role), i.name, 'UNIVERSITY'] },
    COLLECT { MATCH (p)-[:ABOUT]->(t:Topic) RETURN t.code ORDER BY t.code }]
}
