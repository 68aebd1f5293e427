MATCH (i:Instrument {status: 'maintenance'})-[:OWNED_BY]->(owner:Institution)
WITH i, owner ORDER BY owner.name, i.valueCny DESC, i.id DESC LIMIT 20
WITH collect([owner.name, toUpper(owner.kind), i.name, i.valueCny]) AS rows
RETURN rows, COUNT { MATCH (:Instrument {status: 'maintenance'}) } > 20, false
