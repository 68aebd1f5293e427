"""Three agencies with an agreement on exchange, willing people and open posts, laid out for tests over the real graph."""

from __future__ import annotations

from typing import Any

from tests.network import Network

AGENCIES = ("sc", "cq", "mz")
ROUND = {"sc": "cq", "cq": "mz", "mz": "sc"}


class Matchmaking(Network):
    """Everybody wants to go one agency further; an administrator at each, and one of the platform."""

    def lay_out(self) -> Matchmaking:
        """All of it."""
        places = {each: self.institution(each, name=each.upper()) for each in AGENCIES}
        self.topic = self._record("Topic", "optics", name="光学")
        deal = self.agreement("deal", *places.values(), expiresOn="2030-12-31")
        self.clause(deal, "exchange_cadres", quota=5, per="year")
        self.person("platform", "platform_admin", places["sc"])
        for each, at in places.items():
            self.person(f"admin-{each}", "institution_admin", at)
            self.person(f"member-{each}", "member", at)
            willing = self.person(f"willing-{each}", "member", at, name=f"意向{each}")
            self.tie("SKILLED_IN", willing, self.topic, level="expert")
            self.post(f"post-{each}", at, self.topic)
        for each, to in ROUND.items():
            self.wish(f"wish-{each}", f"cd-person-willing-{each}", places[each], places[to])
        return self

    def post(self, word: str, at: str, topic: str, **values: Any) -> str:
        """An open post for one, that asks for a topic."""
        given = {"status": "open", "vacancies": 1, "visibility": "network", **values}
        id_ = self._record("Post", word, **given)
        self.tie("OFFERED_BY", id_, at)
        self.tie("REQUIRES", id_, topic, level="skilled")
        return id_

    def wish(self, word: str, person: str, home: str, to: str | None = None, **values: Any) -> str:
        """To go for three months in 2027."""
        given = {"status": "open", "months": 3, "visibility": "institution", **values}
        given = {"since": "2027-01-01", "until": "2027-12-31", **given}
        id_ = self._record("ExchangeWish", word, **given)
        self.graph.records["ExchangeWish"][-1]["id"] = id_ = f"cd-exchange_wish-{word}"
        self.tie("WISHED_BY", id_, person)
        self.tie("WISHED_FROM", id_, home)
        if to:
            self.tie("WISHED_AT", id_, to)
        return id_
