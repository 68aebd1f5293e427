"""The hub's nouns, each declared once: one file a noun, everything else derived (`docs/guides/model.md`)."""

from __future__ import annotations

from graph_store.model.achievements import ACHIEVEMENT
from graph_store.model.agreements import AGREEMENT
from graph_store.model.audit_entries import AUDIT_ENTRY
from graph_store.model.classes import CLASS_SESSION, TRAINING_CLASS
from graph_store.model.clauses import CLAUSE
from graph_store.model.datasets import DATASET
from graph_store.model.deliveries import DELIVERY, WEBHOOK
from graph_store.model.divisions import DIVISION
from graph_store.model.events import EVENT
from graph_store.model.exchanges import EXCHANGE
from graph_store.model.flow_runs import FLOW_RUN
from graph_store.model.imports import IMPORT, IMPORT_ROW
from graph_store.model.institutions import INSTITUTION
from graph_store.model.instruments import INSTRUMENT
from graph_store.model.model import Hop, Model, ModelError
from graph_store.model.people import PERSON
from graph_store.model.platforms import PLATFORM
from graph_store.model.posts import POST
from graph_store.model.projects import PROJECT
from graph_store.model.proposals import EXCHANGE_PLAN, PROPOSED_EXCHANGE
from graph_store.model.registrations import CERTIFICATE, REGISTRATION
from graph_store.model.source_records import SOURCE_RECORD
from graph_store.model.sources import SOURCE
from graph_store.model.tasks import COMMENT, DELEGATION, NOTICE, NOTICE_PREFERENCE, TASK
from graph_store.model.topics import TOPIC
from graph_store.model.wishes import EXCHANGE_WISH

MODEL = Model(
    (
        DIVISION,
        PLATFORM,
        INSTITUTION,
        PERSON,
        INSTRUMENT,
        PROJECT,
        AGREEMENT,
        CLAUSE,
        TOPIC,
        ACHIEVEMENT,
        DATASET,
        EVENT,
        POST,
        EXCHANGE,
        EXCHANGE_WISH,
        EXCHANGE_PLAN,
        PROPOSED_EXCHANGE,
        TRAINING_CLASS,
        CLASS_SESSION,
        REGISTRATION,
        CERTIFICATE,
        TASK,
        COMMENT,
        DELEGATION,
        NOTICE,
        WEBHOOK,
        DELIVERY,
        NOTICE_PREFERENCE,
        FLOW_RUN,
        IMPORT,
        IMPORT_ROW,
        SOURCE,
        SOURCE_RECORD,
        AUDIT_ENTRY,
    )
)

__all__ = ["MODEL", "Hop", "Model", "ModelError"]
