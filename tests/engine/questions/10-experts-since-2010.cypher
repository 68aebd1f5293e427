MATCH (:Institution {id: 'cd-institution-scu'})<-[r:AFFILIATED_WITH {role: 'expert'}]-(p:Person)
WHERE r.since >= '2010'
WITH r, p ORDER BY r.since DESC, p.name
WITH collect(['EXPERT', r.title, r.since, r.until, p.name, p.orcid]) AS rows
RETURN size(rows), rows
