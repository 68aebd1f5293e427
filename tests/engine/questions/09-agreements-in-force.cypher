MATCH (a:Agreement {status: 'signed'}) WHERE a.effectiveOn <= $today AND (a.expiresOn IS NULL OR a.expiresOn >= $today) RETURN count(*);
MATCH (a:Agreement {status: 'signed'}) WHERE a.effectiveOn <= $today AND (a.expiresOn IS NULL OR a.expiresOn >= $today)
WITH a ORDER BY a.signedOn IS NULL, a.signedOn DESC, a.id DESC LIMIT 10
RETURN a.name, toUpper(a.kind), 'IN_FORCE', a.signedOn, COLLECT { MATCH (a)<-[e:PARTY_TO]-(p) WITH e, p ORDER BY p.id LIMIT 20 RETURN [toUpper(e.role), e.signedBy, p.name] }
