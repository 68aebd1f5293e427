MATCH (n:Institution {uscc: $uscc}) RETURN n.id, n.name, toUpper(n.kind), n.uscc, n.website
