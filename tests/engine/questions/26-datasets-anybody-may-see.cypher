MATCH (d:Dataset {visibility: 'public'})-[:KEPT_BY]->(keeper:Institution)
WITH d, keeper ORDER BY d.sizeTb DESC, d.name
WITH collect([d, keeper]) AS found
RETURN size(found), COLLECT {
    UNWIND found AS each
    WITH each[1].kind AS kind, count(*) AS number, sum(each[0].sizeTb) AS size
    ORDER BY number DESC, kind
    RETURN [toUpper(kind), number, size]
  },
  COLLECT { UNWIND found AS each RETURN [count(*), sum(each[0].sizeTb), max(each[0].publishedOn)] },
  [each IN found[..6] | [each[0].name, each[0].sizeTb, each[0].doi, 'PUBLIC', each[1].name]],
  size(found) > 6
