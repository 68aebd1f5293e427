"""The passes, each a function from question to question, in the order in which they run."""

from __future__ import annotations

from graph_store.cypher.ast import Question
from graph_store.cypher.passes.anchor import anchor
from graph_store.cypher.passes.authorise import authorise
from graph_store.cypher.passes.paginate import paginate
from graph_store.cypher.passes.settle import settle
from graph_store.cypher.passes.share import share
from graph_store.cypher.passes.split import split
from graph_store.model import Model


def prepare(question: Question, model: Model) -> Question:
    """Lead a question as asked to a question that can be rendered: guarded, paged, and laid along the indexes."""
    guarded = settle(authorise(settle(question), model))
    return share(anchor(split(paginate(guarded)), model))
