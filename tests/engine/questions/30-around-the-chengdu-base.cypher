MATCH (centre:Platform {id: 'cd-platform-base'})-[edge]-(far)
WHERE NOT far:Source
WITH centre, type(edge) AS edge, startNode(edge) = centre AS forward, far, [label IN labels(far) WHERE label <> 'Record'][0] AS noun
ORDER BY edge, forward, noun
WITH centre, collect([edge, forward, far, noun]) AS around
RETURN 'Platform', centre.id, centre.name,
  [field IN [['PART_OF', true, 'parent'], ['RUN_BY', true, 'operator'], ['PART_OF', false, 'bases']] | [field,
    [each IN around WHERE each[..2] = field[..2] | toUpper(each[3])][0],
    size([each IN around WHERE each[..2] = field[..2]]), true]],
  [each IN around | [each[2].id, each[2].name]],
  [each IN around | [centre.id, each[2].id, each[0], each[1]]],
  true
