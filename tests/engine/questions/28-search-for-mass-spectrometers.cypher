MATCH (n:Record)
WHERE any(text IN [n.name, n.nameEn, n.model, n.manufacturer] + coalesce(n.aliases, []) WHERE text CONTAINS $text)
WITH [label IN labels(n) WHERE label <> 'Record'][0] AS noun, count(*) AS number
ORDER BY number DESC
WITH collect([toUpper(noun), number]) AS facets
MATCH (i:Institution {ror: '011ashp19'})-[:LOCATED_IN]->(d:Division)
WITH facets, i, d, reduce(sum = 0, each IN facets WHERE each[0] IN ['PERSON', 'PROJECT'] | sum + each[1]) AS within
RETURN reduce(sum = 0, each IN facets | sum + each[1]), false, facets, within, ['Institution', i.id, i.name, d.name]
