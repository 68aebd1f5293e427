MATCH (n:Instrument) WHERE n.valueCny IS NULL RETURN count(*);
MATCH (n:Instrument) WHERE n.valueCny IS NULL RETURN n.id ORDER BY n.id LIMIT 5
