MATCH (i:Institution {status: 'active'})-[:LOCATED_IN]->(d:Division)
WHERE i.nameEn IS NOT NULL AND left(d.code, 2) <> '51'
  AND (i.kind IN ['university', 'institute'] AND NOT i.synthetic OR i.name CONTAINS '科技馆')
WITH i, d ORDER BY i.kind, i.nameEn DESC, i.id DESC
WITH collect([toUpper(i.kind), i.nameEn, i.synthetic, d.code]) AS rows
RETURN size(rows), rows[..12]
