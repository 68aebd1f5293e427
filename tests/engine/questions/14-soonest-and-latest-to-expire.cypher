MATCH (a:Agreement {kind: 'bilateral'})
WITH collect(a) AS found
RETURN COLLECT {
    UNWIND found AS a
    WITH a ORDER BY coalesce(a.expiresOn, '9999'), a.id
    RETURN [a.name, a.expiresOn, CASE
      WHEN a.status <> 'signed' THEN toUpper(a.status)
      WHEN a.expiresOn < $today THEN 'EXPIRED'
      WHEN a.effectiveOn <= $today THEN 'IN_FORCE'
      ELSE 'SIGNED' END]
  },
  COLLECT {
    UNWIND found AS a
    WITH a ORDER BY coalesce(a.expiresOn, '0000') DESC, coalesce(a.signedOn, '0000') DESC, a.id DESC LIMIT 10
    RETURN [a.name, a.expiresOn, a.signedOn]
  },
  size(found) > 10
