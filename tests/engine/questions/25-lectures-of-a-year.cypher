MATCH (e:Event)
WHERE e.kind IN ['lecture', 'seminar'] AND date(e.startsOn) > date('2020-04-15') AND date(e.startsOn).year = 2020
  AND left(e.name, 4) = '肿瘤防治'
WITH e ORDER BY e.startsOn, e.name DESC
WITH collect(e) AS found
RETURN size(found), COLLECT {
    UNWIND found AS e
    OPTIONAL MATCH (e)-[:HELD_IN]->(d:Division)
    WITH e.kind AS kind, d.name AS division, count(*) AS number, min(e.startsOn) AS first, max(e.endsOn) AS last
    ORDER BY number DESC, kind
    RETURN [toUpper(kind), division, number, first, last]
  },
  COLLECT {
    UNWIND found AS e
    RETURN [e.name, toUpper(e.kind), e.startsOn, e.place, head([(e)-[:HELD_IN]->(d) | d.name]),
      COLLECT { MATCH (e)-[:ORGANISED_BY]->(i) RETURN i.name ORDER BY i.name }]
  }
