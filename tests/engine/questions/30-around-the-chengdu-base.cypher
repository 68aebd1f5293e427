MATCH (centre:Platform {id: 'cd-platform-base'})-[edge]-(far)
WHERE NOT far:Source
WITH centre, type(edge) AS edge, startNode(edge) = centre AS forward, far, [label IN labels(far) WHERE label <> 'Record'][0] AS noun
ORDER BY edge, forward, noun
WITH centre, collect([edge, forward, far, noun]) AS around
RETURN 'Platform', centre.id, centre.name,
  [each IN around | [each[0], each[1],
    CASE WHEN each[0] = 'RUN_BY' THEN 'operator' WHEN each[1] THEN 'parent' ELSE 'bases' END, toUpper(each[3]), 1, true]],
  [each IN around | [each[2].id, each[2].name]],
  [each IN around | [centre.id, each[2].id, each[0], each[1]]],
  true
