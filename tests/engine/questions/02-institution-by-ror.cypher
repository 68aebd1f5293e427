MATCH (i:Institution {ror: '011ashp19'})-[:LOCATED_IN]->(d:Division)-[:PART_OF]->(above:Division)
RETURN i.id, i.name, i.nameEn, toUpper(i.kind), toUpper(i.status), i.country, i.uscc,
  d.code, d.name, toUpper(d.level), above.code, above.name,
  COUNT { (i)<-[:PART_OF]-(:Institution) },
  COLLECT { MATCH (i)<-[:PART_OF]-(unit:Institution) WITH unit ORDER BY unit.id RETURN [unit.name, toUpper(unit.kind)] },
  COLLECT { MATCH (i)-[:FROM_SOURCE]->(s:Source) WITH s ORDER BY s.id RETURN [s.code, s.licence] }
