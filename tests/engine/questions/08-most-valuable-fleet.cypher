MATCH (n:Institution) OPTIONAL MATCH (n)<-[:OWNED_BY]-(i) WITH n, sum(i.valueCny) AS s ORDER BY s DESC, n.id DESC LIMIT 5 RETURN n.name, toUpper(n.kind)
