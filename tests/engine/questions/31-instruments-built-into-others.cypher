MATCH (i:Instrument)
OPTIONAL MATCH (i)-[:COMPONENT_OF]->(whole:Instrument)-[:OWNED_BY]->(owner:Institution)
WITH i, whole, owner
WHERE any(each IN i.measuredVariables WHERE each CONTAINS '化学位移') OR 'XRD' IN i.aliases AND whole IS NOT NULL
WITH i, whole, owner ORDER BY i.commissionedOn DESC, i.id DESC
WITH collect([i.name, i.aliases, i.measuredVariables, i.commissionedOn,
  CASE WHEN whole IS NOT NULL THEN [whole.name, toUpper(whole.category), owner.name] END,
  COUNT { (i)<-[:COMPONENT_OF]-() }]) AS rows
RETURN size(rows), rows[..15]
