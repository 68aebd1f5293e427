MATCH (i:Instrument)-[:OWNED_BY]->(owner:Institution)-[:LOCATED_IN]->(d:Division)
WHERE i.category = 'analytical' AND i.valueCny >= 500000 AND d.code STARTS WITH '51'
WITH i, owner ORDER BY i.valueCny DESC, i.id DESC
WITH collect(i) AS found, collect([i, owner]) AS pairs
RETURN size(found) AS total,
  ['ANALYTICAL', size(found), reduce(sum = 0.0, i IN found | sum + i.valueCny)] AS groups,
  COLLECT {
    UNWIND pairs[..20] AS pair
    WITH pair[0] AS i, pair[1] AS owner
    RETURN [i.id, i.name, i.valueCny, owner.name,
      COUNT { (owner)<-[:AFFILIATED_WITH]-(:Person) },
      COLLECT {
        MATCH (owner)<-[:AFFILIATED_WITH]-(p:Person)
        WITH p ORDER BY p.name, p.id LIMIT 3
        RETURN [p.name, p.orcid]
      },
      COLLECT {
        MATCH (owner)-[:PARTY_TO]->(a:Agreement {status: 'signed'})
        WHERE a.effectiveOn <= $today AND (a.expiresOn IS NULL OR a.expiresOn >= $today)
        WITH a ORDER BY a.id
        RETURN [a.name, COLLECT { MATCH (a)-[:GRANTS]->(c:Clause) WITH c ORDER BY c.id RETURN toUpper(c.kind) }]
      }]
  } AS nodes,
  true AS endCursor, size(found) > 20 AS hasNextPage
