MATCH (a:Agreement)
WITH a, CASE
  WHEN a.status = 'signed' AND a.expiresOn < $today THEN 'EXPIRED'
  WHEN a.status = 'signed' AND a.effectiveOn <= $today THEN 'IN_FORCE'
  ELSE toUpper(a.status) END AS status
WITH collect([a, status]) AS all
RETURN COLLECT {
    UNWIND all AS each
    WITH each[1] AS status, each[0].kind AS kind, count(*) AS number, min(each[0].signedOn) AS first
    ORDER BY number DESC, status, kind
    RETURN [status, toUpper(kind), number, first]
  },
  size([each IN all WHERE each[1] = 'EXPIRED']),
  COLLECT { UNWIND all AS each WITH each WHERE each[1] = 'EXPIRED' WITH each[0] AS a ORDER BY a.expiresOn RETURN [a.name, 'EXPIRED', a.expiresOn] },
  COLLECT {
    UNWIND all AS each
    WITH each WHERE NOT each[1] IN ['EXPIRED', 'IN_FORCE']
    WITH each[0] AS a, each[1] AS status ORDER BY a.name
    RETURN [a.name, status, a.signedOn]
  }
