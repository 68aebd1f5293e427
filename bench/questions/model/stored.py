"""What that graph stores otherwise than the hub does: temporals as Neo4j's own, Chinese values of a choice."""

from dataclasses import dataclass, replace

from graph_store.model.words import Option, Options, Property


@dataclass(frozen=True, slots=True)
class ChineseOption(Option):
    """A value stored in Chinese; GraphQL, whose names are ASCII, shows it by its English name."""

    @property
    def shown(self) -> str:
        """`X_RAY` for "X射线仪器"."""
        return self.en.upper().replace(" ", "_")


def chinese(name: str, *values: tuple[str, str]) -> Options:
    """Declare the values of a choice as (stored, en)."""
    return Options(name, tuple(ChineseOption(zh, zh, en) for zh, en in values))


def native(declared: Property) -> Property:
    """A day or an instant that is stored as a temporal value of Neo4j."""
    return replace(declared, native=True)
