MATCH (owner:Institution)<-[:OWNED_BY]-(i:Instrument)
WITH owner, sum(i.valueCny) AS value, count(i) AS instruments
ORDER BY value DESC, owner.name
WITH collect([owner, instruments]) AS found
RETURN size(found), COLLECT {
  UNWIND found[..5] AS each
  WITH each[0] AS owner, each[1] AS instruments
  WITH owner, instruments, COLLECT {
      MATCH (owner)<-[:OWNED_BY]-(i)
      WITH i.status AS status, count(i) AS number, sum(i.valueCny) AS sum, max(i.valueCny) AS max
      ORDER BY number DESC, status
      RETURN [toUpper(status), number, sum, max]
    } AS groups,
    COLLECT { MATCH (owner)<-[:OWNED_BY]-(i) WITH i ORDER BY i.valueCny DESC, i.id DESC LIMIT 1 RETURN [i.name, i.valueCny] } AS dearest
  RETURN [owner.name, instruments, groups, dearest]
}
