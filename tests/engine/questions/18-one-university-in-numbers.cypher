MATCH (u:Institution {id: 'cq-institution-cqu'})
RETURN u.name,
  COUNT { (u)<-[:AFFILIATED_WITH]-(:Person) },
  COUNT { (u)<-[:AFFILIATED_WITH {role: 'researcher'}]-(:Person) },
  COUNT { MATCH (u)<-[:AFFILIATED_WITH]-(p:Person) WHERE p.orcid IS NOT NULL },
  COUNT { (u)<-[:OWNED_BY]-(:Instrument) },
  COLLECT {
    MATCH (u)<-[:OWNED_BY]-(i)
    WITH i.category AS category, count(*) AS number, sum(i.valueCny) AS sum ORDER BY number DESC, category LIMIT 3
    RETURN [toUpper(category), number, sum]
  },
  COUNT { (u)-[:PARTICIPATES_IN {role: 'lead'}]->(:Project) },
  COLLECT {
    MATCH (u)-[:PARTICIPATES_IN {role: 'lead'}]->(p)
    WITH p.kind AS kind, count(*) AS number, sum(p.budgetCny) AS sum ORDER BY number DESC, kind
    RETURN [toUpper(kind), number, sum / number]
  },
  COUNT { MATCH (u)-[:PARTICIPATES_IN]->(p) WHERE p.startedOn <= '2024-06-30' AND p.endedOn >= '2024-06-30' },
  COUNT { (u)<-[:HELD_BY]-(:Achievement) },
  COUNT { (u)-[:PARTY_TO]->(:Agreement) },
  COLLECT { MATCH (u)-[:PARTY_TO]->(a) RETURN a.name ORDER BY a.id }
