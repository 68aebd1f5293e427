MATCH (i:Instrument {status: 'available'})
WITH i ORDER BY i.valueCny DESC, i.id DESC
WITH collect([i.name, i.valueCny]) AS rows
RETURN size(rows), rows[size(rows) - 8..size(rows) - 4], size(rows) > 8, true
