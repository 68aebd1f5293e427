MATCH (p:Person) WHERE COUNT { (p)-[:AFFILIATED_WITH]->() } > 1 RETURN count(*)
