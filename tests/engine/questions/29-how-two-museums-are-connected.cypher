MATCH path = (:Record {id: $from})--(between)--(:Record {id: $to})
WHERE between:Agreement OR between:Clause OR between:Person
WITH path ORDER BY between.id
WITH collect(path) AS found
RETURN true, COLLECT {
    UNWIND found AS path
    RETURN [2, [n IN nodes(path) | [n.id, n.name]],
      [at IN [0, 1] | [type(relationships(path)[at]), startNode(relationships(path)[at]) = nodes(path)[at],
        nodes(path)[at].id, nodes(path)[at + 1].id]]]
  }, false
