MATCH (d:Division)-[:PART_OF]->(:Division {code: '500000'})
WHERE EXISTS { (d)<-[:LOCATED_IN]-(:Institution)<-[:OWNED_BY]-(:Instrument) }
WITH d, COUNT { (d)<-[:LOCATED_IN]-(:Institution) } AS institutions
ORDER BY institutions DESC, d.code
WITH collect(d) AS found
RETURN size(found), COLLECT {
  UNWIND found[..3] AS d
  RETURN [d.code, d.name,
    COUNT { MATCH (d)<-[:LOCATED_IN]-(i:Institution) WHERE EXISTS { (i)<-[:OWNED_BY]-() } },
    COLLECT {
      MATCH (d)<-[:LOCATED_IN]-(i:Institution) WHERE EXISTS { (i)<-[:OWNED_BY]-() }
      WITH i ORDER BY i.name LIMIT 2
      RETURN [i.name,
        COUNT { MATCH (i)<-[:OWNED_BY]-(m) WHERE m.status IN ['available', 'in_use'] },
        COLLECT {
          MATCH (i)<-[:OWNED_BY]-(m) WHERE m.status IN ['available', 'in_use']
          WITH m ORDER BY m.valueCny DESC, m.id DESC LIMIT 2
          RETURN [m.name, m.valueCny, COUNT { (m)-[:USED_BY]->(:Project) },
            COLLECT { MATCH (m)-[:USED_BY]->(p) WITH p ORDER BY p.startedOn DESC, p.id DESC LIMIT 1 RETURN [p.name, p.startedOn] }]
        }]
    }]
}
