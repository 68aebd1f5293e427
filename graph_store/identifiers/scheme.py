"""A scheme of identifiers: its name, its standard, its normal form and its faults."""

from collections.abc import Callable
from dataclasses import dataclass, field

from graph_store.identifiers.problems import IdentifierError, Problem


def _already_complete(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Scheme:
    """One kind of identifier.

    `normalise` brings any spelling to one, never fails and is idempotent. `fault` judges a normal form. `completion`
    puts the missing check characters after a normalised body, and leaves alone what is not such a body.
    """

    name: str
    zh: str
    en: str
    example: str
    standard: str
    normalise: Callable[[str], str] = field(repr=False)
    fault: Callable[[str], Problem | None] = field(repr=False)
    completion: Callable[[str], str] = field(default=_already_complete, repr=False)

    def problem(self, text: str) -> Problem | None:
        """What is wrong with the text, however it is spelled; None when it is valid."""
        return self.fault(self.normalise(text))

    def parse(self, text: str) -> str:
        """The normal form; raises IdentifierError."""
        normal = self.normalise(text)
        if problem := self.fault(normal):
            raise IdentifierError(problem)
        return normal

    def complete(self, body: str) -> str:
        """The valid identifier which begins with this body; raises IdentifierError when there is none."""
        return self.parse(self.completion(self.normalise(body)))
