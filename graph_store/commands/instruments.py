"""仪器设备 | Commands on instruments."""

from __future__ import annotations

from graph_store.commands.authority import Authority
from graph_store.commands.ends import ByStatus
from graph_store.commands.records import Rules, creating, editing, ending
from graph_store.model.instruments import INSTRUMENT

RULES = Rules(
    INSTRUMENT,
    ByStatus("retired"),
    Authority(begins_at="owner", claims=("owner",)),
    ties=("owner", "operators", "operatingPeople", "componentOf", "projects"),
    needed=("owner",),
    defaults={"status": "available"},
)

CREATE_INSTRUMENT = creating("createInstrument", RULES)
EDIT_INSTRUMENT = editing("editInstrument", RULES)
RETIRE_INSTRUMENT = ending("retireInstrument", RULES)
