MATCH (a:Agreement {status: 'signed'})<-[:PARTY_TO]-(i:Institution)
WHERE a.effectiveOn <= $today AND coalesce(a.expiresOn, '9999-12-31') >= $today
WITH a, sum(CASE i.kind WHEN 'university' THEN 1 ELSE 0 END) AS universities WHERE universities = 1
WITH a ORDER BY a.effectiveOn DESC, a.id DESC
WITH collect(a) AS found
RETURN size(found), COLLECT {
  UNWIND found AS a
  RETURN [a.name, 'IN_FORCE', a.effectiveOn, a.expiresOn,
    COLLECT { MATCH (a)<-[:PARTY_TO]-(i) WITH i ORDER BY i.kind DESC, i.name RETURN [toUpper(i.kind), i.name] }]
}
