"""The peers' graph (`load.py`) in the hub's words: five nouns, served by the same engine as the hub's own fourteen."""

from bench.questions.model.agreements import AGREEMENT
from bench.questions.model.institutions import INSTITUTION
from bench.questions.model.instruments import INSTRUMENT
from bench.questions.model.people import PERSON
from bench.questions.model.projects import PROJECT
from graph_store.model import Model

MODEL = Model((INSTITUTION, INSTRUMENT, PERSON, PROJECT, AGREEMENT))

__all__ = ["MODEL"]
