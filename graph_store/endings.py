"""Sessions and tokens that ended before their time, numbered without a gap, so that every worker hears of each.

MATCH (s:Session {id: $id}) WHERE s.endedAt IS NULL SET s.endedAt = $at
WITH collect(s.id) AS ended
{ENDINGS}
RETURN ended
"""

from __future__ import annotations

# takes `ended`, a list of ids, and `$at`; the sequence is locked until the commit, so what is visible is a prefix
ENDINGS = """\
CALL (ended) { WITH ended WHERE size(ended) > 0
  MATCH (q:Sequence {id: 'endings'}) SET q.last = q.last + size(ended)
  WITH ended, q.last - size(ended) AS base
  UNWIND range(0, size(ended) - 1) AS i CREATE (:Ending {seq: base + i + 1, of: ended[i], at: $at}) }
"""
