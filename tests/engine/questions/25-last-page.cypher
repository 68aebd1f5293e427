MATCH (p:Person) WITH p ORDER BY p.createdAt DESC, p.id DESC LIMIT 10 RETURN p.id, p.createdAt ORDER BY p.createdAt, p.id;
RETURN false, true
