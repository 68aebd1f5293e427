"""培训班 | Commands on classes: drafted with their sessions, published, closed, held, cancelled.

Once a class is published, what people registered for stands: only what it is called, where it is held, how many seats it has and when
its registration closes may still change. More seats, or a higher quota, promote whoever waits in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from graph_store.commands.actors import EDIT, HUB
from graph_store.commands.allocating import (
    ALLOCATE,
    SETTLE,
    questions_to_settle,
    settle_registrations,
    states_key,
)
from graph_store.commands.authority import Authority, Ties
from graph_store.commands.commands import Decision, Needs
from graph_store.commands.drafts import Draft, Held, Seen, WorkingCopy
from graph_store.commands.facts import DatesOutOfOrder, Fact, NotNow, ValueIsInvalid, Written
from graph_store.commands.machines import Machine, Move, Owes, Step, Who, states
from graph_store.commands.moving import USUAL, moved, moving, needs_of
from graph_store.commands.readers import Question
from graph_store.commands.records import ByStatus, Create, Edit, Rules, create, creating, edit, editing
from graph_store.commands.registration_moves import promote
from graph_store.commands.registrations import AT_CLOSE
from graph_store.commands.rows import SHANGHAI, instant_text, tie
from graph_store.commands.seats import (
    HIGHEST_PRIORITY,
    Seats,
    questions_of_seats,
    questions_of_waiting,
    seats_of,
)
from graph_store.commands.training_facts import (
    ClassIsIncomplete,
    ClauseDoesNotCover,
    FieldStands,
    SeatsFewerThanTaken,
    SeatsNotAllocated,
)
from graph_store.commands.training_readers import COVERS, ENDS, far_of
from graph_store.commands.values import checked, missing
from graph_store.model.classes import CLASS_SESSION, TRAINING_CLASS
from graph_store.rights import Role

ORGANISER = Who(EDIT, at="organiser")
CERTIFY_WITHIN = timedelta(days=10)
MOST_SESSIONS = 100
STILL_EDITABLE = frozenset(
    {
        "name",
        "nameEn",
        "aliases",
        "visibility",
        "description",
        "place",
        "seats",
        "quota",
        "registrationClosesAt",
    }
)
"""What may change once a class is published."""
