"""The passes, each a function from question to question, in the order in which they run."""

from __future__ import annotations

from graph_store.cypher.ast import Question
from graph_store.cypher.passes.anchor import anchor
from graph_store.cypher.passes.authorise import authorise
from graph_store.cypher.passes.begin import begin
from graph_store.cypher.passes.paginate import paginate
from graph_store.cypher.passes.settle import settle
from graph_store.cypher.passes.share import share
from graph_store.cypher.passes.split import split
from graph_store.model import Model
from graph_store.statistics import Scarce


def prepare(question: Question, model: Model, scarce: Scarce = ()) -> Question:
    """Lead a question as asked to a question that can be rendered: guarded, paged, and laid along the indexes.

    Of the `scarce` nouns most records are hidden (`statistics.Statistics.scarce`).
    """
    guarded = begin(settle(authorise(settle(question), model)), scarce)
    return share(anchor(split(paginate(guarded)), model))
