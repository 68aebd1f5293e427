"""What is remembered of a started server, so that whoever comes later finds it, or knows that it is gone."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from graph_store.local_server.process import Process
from graph_store.local_server.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A server as it was started."""

    server: Process
    port: int
    keeper: Process | None
    """The hub that will stop it at its own end; None for one that was started to stay."""

    @classmethod
    def read(cls, site: Site) -> Self | None:
        """What was written last; None when there is nothing, or nothing that can be read."""
        try:
            return cls._from_json(json.loads(site.state.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @classmethod
    def _from_json(cls, known: dict[str, Any]) -> Self:
        keeper = known["keeper"] and Process(**known["keeper"])
        return cls(server=Process(**known["server"]), port=int(known["port"]), keeper=keeper)

    def write(self, site: Site) -> None:
        """Puts the whole file in place at once."""
        draft = site.state.with_suffix(".part")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(site.state)
