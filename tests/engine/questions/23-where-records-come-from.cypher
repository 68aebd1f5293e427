MATCH (s:Source)
WITH s ORDER BY s.name
RETURN COUNT { MATCH (:Source) } AS total, collect(COLLECT {
  RETURN [s.code, s.nameEn, s.licence, s.url,
    COUNT { (s)<-[:FROM_SOURCE]-(:Institution) },
    COUNT { (s)<-[:FROM_SOURCE]-(:Division) },
    COUNT { (s)<-[:FROM_SOURCE]-(:Agreement) },
    COLLECT {
      MATCH (s)<-[:FROM_SOURCE]-(a:Agreement)
      WITH a ORDER BY a.name LIMIT 2
      RETURN [a.name, COLLECT { MATCH (a)-[:FROM_SOURCE]->(x:Source) RETURN x.code ORDER BY x.id }]
    }]
}) AS rows
