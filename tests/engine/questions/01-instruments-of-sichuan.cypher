MATCH (n:Instrument {category: 'analytical'})-[:OWNED_BY]->(o)-[:LOCATED_IN]->(d) WHERE n.valueCny >= 500000 AND d.code STARTS WITH '51'
RETURN count(*);
MATCH (n:Instrument {category: 'analytical'})-[:OWNED_BY]->(o)-[:LOCATED_IN]->(d) WHERE n.valueCny >= 500000 AND d.code STARTS WITH '51'
RETURN toUpper(n.category), count(*), sum(n.valueCny);
MATCH (n:Instrument {category: 'analytical'})-[:OWNED_BY]->(o)-[:LOCATED_IN]->(d) WHERE n.valueCny >= 500000 AND d.code STARTS WITH '51'
WITH n, o ORDER BY n.valueCny DESC, n.id DESC LIMIT 20
RETURN n.id, n.name, n.valueCny, o.name, COUNT { (o)<-[:AFFILIATED_WITH]-() },
  COLLECT { MATCH (o)<-[:AFFILIATED_WITH]-(p) WITH p ORDER BY p.name, p.id LIMIT 3 RETURN [p.name, p.orcid] },
  COLLECT { MATCH (o)-[:PARTY_TO]->(a) WHERE a.status = 'signed' AND a.effectiveOn <= $today AND (a.expiresOn IS NULL OR a.expiresOn >= $today)
    WITH a ORDER BY a.id LIMIT 20 RETURN [a.name, COLLECT { MATCH (a)-[:GRANTS]->(c) WITH c ORDER BY c.id RETURN toUpper(c.kind) }] };
MATCH (n:Instrument {category: 'analytical'})-[:OWNED_BY]->(o)-[:LOCATED_IN]->(d) WHERE n.valueCny >= 500000 AND d.code STARTS WITH '51'
RETURN count(*) > 20
