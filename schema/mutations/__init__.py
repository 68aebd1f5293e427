"""What a client may change: one file a noun; `Mutation` is all of it, to be grafted onto the derived types."""

from __future__ import annotations

from strawberry.tools import create_type

from schema.mutations.affiliations import AFFILIATIONS
from schema.mutations.agreements import AGREEMENTS
from schema.mutations.calendars import CALENDARS
from schema.mutations.certificates import CERTIFICATES
from schema.mutations.classes import CLASSES
from schema.mutations.clauses import CLAUSES
from schema.mutations.delegations import DELEGATIONS
from schema.mutations.exchanges import EXCHANGES
from schema.mutations.flows import FLOW_RUNS
from schema.mutations.imports import IMPORTS
from schema.mutations.institutions import INSTITUTIONS
from schema.mutations.instruments import INSTRUMENTS
from schema.mutations.notices import NOTICES
from schema.mutations.people import PEOPLE
from schema.mutations.posts import POSTS
from schema.mutations.projects import PROJECTS
from schema.mutations.proposals import PROPOSALS
from schema.mutations.registrations import REGISTRATIONS
from schema.mutations.roles import ROLES
from schema.mutations.sessions import SESSIONS
from schema.mutations.tasks import TASKS
from schema.mutations.tokens import TOKENS
from schema.mutations.webhooks import WEBHOOKS
from schema.mutations.wishes import WISHES

Mutation = create_type(
    "Mutation",
    [
        *INSTITUTIONS,
        *PEOPLE,
        *AFFILIATIONS,
        *INSTRUMENTS,
        *PROJECTS,
        *AGREEMENTS,
        *CLAUSES,
        *POSTS,
        *EXCHANGES,
        *FLOW_RUNS,
        *IMPORTS,
        *WEBHOOKS,
        *WISHES,
        *PROPOSALS,
        *CLASSES,
        *REGISTRATIONS,
        *CERTIFICATES,
        *TOKENS,
        *SESSIONS,
        *CALENDARS,
        *ROLES,
        *TASKS,
        *DELEGATIONS,
        *NOTICES,
    ],
    description="全部变更 | All mutations",
)

__all__ = ["Mutation"]
