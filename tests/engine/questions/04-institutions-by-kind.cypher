MATCH (n:Institution) RETURN count(*);
MATCH (n:Institution) WITH n.kind AS kind, count(*) AS c ORDER BY c DESC, kind RETURN toUpper(kind), c
