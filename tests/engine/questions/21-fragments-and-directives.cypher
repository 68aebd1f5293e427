MATCH (framework:Agreement {kind: 'framework'})
MATCH (signatory:Institution {id: 'cd-institution-scast'})
RETURN COLLECT {
    UNWIND [framework] + COLLECT { MATCH (framework)<-[:UNDER]-(sub) RETURN sub ORDER BY sub.id } AS a
    WITH a, framework
    RETURN [a.id, a.name, a.signedOn,
      COLLECT { MATCH (a)<-[r:PARTY_TO]-(i) WITH r, i ORDER BY i.name RETURN [toUpper(r.role), r.signedBy, i.id, i.name] },
      COLLECT { MATCH (a)-[:GRANTS]->(c) WITH c ORDER BY c.id RETURN [toUpper(c.kind), c.quota, toUpper(c.per)] },
      CASE WHEN a = framework THEN [COUNT { (framework)<-[:UNDER]-() }] ELSE [] END]
  },
  signatory.id, signatory.name,
  COLLECT { MATCH (signatory)<-[:RUN_BY]-(p:Platform) WITH p ORDER BY p.id RETURN [p.id, p.name] }
