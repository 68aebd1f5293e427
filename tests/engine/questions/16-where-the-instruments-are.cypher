MATCH (i:Instrument)-[:OWNED_BY]->(owner)-[:LOCATED_IN]->(d:Division)
WITH collect([i, owner, d]) AS found
RETURN size(found), COLLECT {
    UNWIND found AS each
    WITH each[2] AS d, count(*) AS number, sum(each[0].valueCny) AS sum
    ORDER BY number DESC, d.id LIMIT 8
    RETURN [d.code, d.name, head([(d)-[:PART_OF]->(above) | above.name]), number, sum / number]
  },
  COLLECT {
    UNWIND found AS each
    WITH each[1].kind AS kind, each[0].synthetic AS synthetic, count(*) AS number, sum(each[0].valueCny) AS sum
    ORDER BY number DESC, kind
    RETURN [toUpper(kind), synthetic, number, sum]
  }
