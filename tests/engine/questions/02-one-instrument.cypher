MATCH (n:Instrument {id: $id})-[:OWNED_BY]->(o)-[:LOCATED_IN]->(d)
RETURN n.id, n.name, toUpper(n.category), toUpper(n.status), n.model, n.manufacturer, n.valueCny, n.commissionedOn, null, coalesce(n.measuredVariables, []), n.synthetic, o.id, o.name, d.name, d.code
