MATCH (n:Record)
WHERE any(text IN [n.name, n.nameEn, n.model, n.manufacturer] + coalesce(n.aliases, []) WHERE text CONTAINS $text)
WITH [label IN labels(n) WHERE label <> 'Record'][0] AS noun, count(*) AS number
ORDER BY number DESC
WITH collect([toUpper(noun), number]) AS facets, sum(number) AS total
MATCH (i:Institution {ror: '011ashp19'})-[:LOCATED_IN]->(d:Division)
RETURN total, false AS capped, facets, total > 1 AS hasNextPage,
  COUNT { MATCH (n:Project|Achievement) WHERE n.name CONTAINS $text } AS within,
  ['Institution', i.id, i.name, d.name, COUNT { (i)<-[:OWNED_BY]-(:Instrument) }]
