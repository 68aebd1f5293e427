MATCH (n:Institution) RETURN count(*);
MATCH (n:Instrument) RETURN count(*), sum(n.valueCny);
MATCH (n:Person) RETURN count(*);
MATCH (n:Project) RETURN count(*);
MATCH (n:Agreement) RETURN count(*)
