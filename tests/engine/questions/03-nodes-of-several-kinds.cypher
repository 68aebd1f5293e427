MATCH (hub:Platform {id: 'cd-platform-hub'})
MATCH (agency:Institution {id: 'cq-institution-kjj'})
MATCH (expert:Person {orcid: '0000-0005-0000-0016'})
RETURN 'Platform', hub.id, hub.name, toUpper(hub.kind), COUNT { (hub)<-[:PART_OF]-(:Platform) },
  COLLECT {
    UNWIND $ids AS id
    OPTIONAL MATCH (n:Record {id: id})
    RETURN CASE
      WHEN n:Institution THEN ['Institution', n.id, n.name, toUpper(n.kind)]
      WHEN n:Agreement THEN ['Agreement', n.id, n.name, n.signedOn]
      WHEN n:Topic THEN ['Topic', n.id, n.name, n.code, head([(n)-[:PART_OF]->(above:Topic) | above.code])]
    END
  },
  agency.name, COUNT { (agency)-[:PARTY_TO]->(:Agreement) },
  expert.name, expert.orcid, null AS email,
  null AS nobody
