MATCH (i:Instrument)
WHERE i.valueCny < 1000000 AND i.commissionedOn >= '2006-01-01' AND i.commissionedOn <= '2024-12-31'
WITH collect(i) AS found
RETURN size(found), COLLECT {
  UNWIND found AS i
  WITH i.category AS category, i.status AS status, count(*) AS number, sum(i.valueCny) AS sum,
    min(i.valueCny) AS least, min(i.commissionedOn) AS first, max(i.valueCny) AS most, max(i.commissionedOn) AS last
  ORDER BY number DESC, category, status LIMIT 7
  RETURN [toUpper(category), toUpper(status), number, sum, sum / number, least, first, most, last]
}
