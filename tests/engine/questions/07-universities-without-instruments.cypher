MATCH (i:Institution {kind: 'university'})
OPTIONAL MATCH (i)<-[owned:OWNED_BY]-()
WITH i, count(owned) AS instruments WHERE instruments = 0
WITH i ORDER BY i.name
WITH collect([i.name, i.nameEn, 0]) AS rows
RETURN size(rows), rows
