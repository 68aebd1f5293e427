MATCH (p:Person {orcid: $orcid}) RETURN p.id, p.name, p.orcid, null
