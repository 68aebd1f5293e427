MATCH (a:Agreement {status: 'signed'})
WHERE a.effectiveOn <= $today AND coalesce(a.expiresOn >= $today, true)
  AND EXISTS { MATCH (a)-[:GRANTS]->(c) WHERE c.kind = 'exchange_cadres' OR c.kind = 'accept_vouchers' }
WITH a ORDER BY a.signedOn, a.id
WITH collect(a) AS found
RETURN size(found), COLLECT {
  UNWIND found AS a
  RETURN [a.name, COLLECT {
    MATCH (a)-[:GRANTS]->(c:Clause)
    WITH c ORDER BY c.id
    RETURN [toUpper(c.kind), c.quota, toUpper(c.per), c.percent, c.scopeKinds,
      COLLECT { MATCH (c)-[:WITHIN]->(d) WITH d ORDER BY d.id RETURN [d.code, d.name] },
      COLLECT { MATCH (c)-[:BINDS]->(i) RETURN i.name ORDER BY i.id }]
  }]
}
