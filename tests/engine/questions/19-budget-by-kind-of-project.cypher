MATCH (p:Project) WITH p.kind AS k, count(*) AS c, sum(p.budgetCny) AS s, max(p.endedOn) AS e ORDER BY c DESC, k RETURN toUpper(k), c, s, e
