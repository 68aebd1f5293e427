MATCH (a:Agreement) WHERE a.expiresOn >= $from AND a.expiresOn <= $to RETURN a.id, a.name, a.expiresOn ORDER BY a.expiresOn, a.id LIMIT 20
