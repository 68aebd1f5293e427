MATCH (t:Topic)
OPTIONAL MATCH (t)<-[s:SKILLED_IN]-(:Person)
WITH t, count(s) AS skilled, count(CASE s.level WHEN 'expert' THEN 1 END) AS experts
ORDER BY skilled DESC, t.code LIMIT 8
RETURN t.code, t.name, head([(t)-[:PART_OF]->(above:Topic) | above.name]), skilled, experts, COUNT { (t)<-[:ABOUT]-(:Project) }
