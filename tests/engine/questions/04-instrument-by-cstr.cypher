MATCH (i:Instrument {cstr: 'BASHU.10.cd.0000000'})-[:OWNED_BY]->(owner)
RETURN i.name, toUpper(i.category), toUpper(i.status), i.model, i.manufacturer, i.valueCny, i.commissionedOn,
  i.aliases, i.measuredVariables, null AS assetNumber, null AS serialNumber, owner.name,
  COLLECT { MATCH (i)-[:OPERATED_BY]->(x:Institution) RETURN x.name ORDER BY x.id },
  COLLECT { MATCH (i)-[:OPERATED_BY]->(x:Person) RETURN x.name ORDER BY x.id },
  COUNT { (i)-[:USED_BY]->(:Project) },
  COLLECT { MATCH (i)-[:USED_BY]->(p:Project) WITH p ORDER BY p.startedOn DESC, p.id DESC RETURN [p.name, p.startedOn, p.endedOn] }
