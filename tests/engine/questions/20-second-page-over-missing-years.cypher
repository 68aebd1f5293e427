MATCH (i:Institution) WHERE i.kind IN ['university', 'institute']
WITH i ORDER BY coalesce(i.establishedYear, 0) DESC, i.name
WITH collect([true, i.name, i.establishedYear]) AS rows
RETURN rows[3..6], size(rows) > 6, true
