"""仪器设备 | Mutations on instruments."""

from __future__ import annotations

from graph_store.commands.instruments import (
    CREATE_INSTRUMENT,
    EDIT_INSTRUMENT,
    RETIRE_INSTRUMENT,
    RULES,
)
from schema.mutations.fields import creates, edits, ends

INSTRUMENTS = (
    creates(CREATE_INSTRUMENT, RULES, "InstrumentCreated", "登记仪器 | Create an instrument"),
    edits(EDIT_INSTRUMENT, RULES, "InstrumentEdited", "编辑仪器 | Edit an instrument"),
    ends(RETIRE_INSTRUMENT, RULES, "InstrumentRetired", "报废仪器 | Retire an instrument"),
)
