MATCH (p:Project)<-[:PARTICIPATES_IN]-(:Institution)-[:LOCATED_IN]->(d:Division)
WITH p, collect(left(d.code, 2)) AS provinces
WHERE '50' IN provinces AND '51' IN provinces
MATCH (p)-[:PRODUCED]->(made:Achievement)
WITH p, count(made) AS results
ORDER BY results DESC, p.startedOn, p.id
WITH collect(p) AS found
RETURN size(found), COLLECT {
  UNWIND found[..5] AS p
  RETURN [p.name, toUpper(p.kind),
    COLLECT { MATCH (p)<-[:PARTICIPATES_IN {role: 'lead'}]-(i) RETURN i.name ORDER BY i.id },
    COLLECT { MATCH (p)<-[:WORKS_ON {role: 'leader'}]-(x) WITH x ORDER BY x.name, x.id RETURN ['LEADER', x.name] },
    COUNT { (p)<-[:USED_BY]-(:Instrument) },
    COLLECT {
      MATCH (p)-[:PRODUCED]->(made:Achievement)
      WITH made ORDER BY made.publishedOn DESC, made.id DESC
      RETURN [made.name, toUpper(made.kind), made.publishedOn, COUNT { (made)<-[:AUTHORED]-() },
        COLLECT { MATCH (made)<-[:AUTHORED]-(x) WITH x ORDER BY x.name, x.id LIMIT 2 RETURN x.name }]
    }]
}
