"""The ledger of cadre exchange for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auth.viewer import Viewer
from graph_store.exchange_ledger import MOST, MOST_PAIRS, Pair, TooMany, Wanted, ledger
from graph_store.reads import Run
from resolvers.refusals import bad_argument

YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class ExchangeLedger:
    """Reads ledgers: `await of(viewer, wanted)`; `today` is the day up to which an exchange that goes on is served."""

    run: Run
    today: Callable[[], str]

    async def of(self, viewer: Viewer, wanted: Wanted) -> list[Pair]:
        """The pairs, in one statement. Raises GraphQLError for a year that is none, or for too many; GraphStoreError."""
        if wanted.year is not None and wanted.year not in YEARS:
            raise bad_argument(
                f"exchangeLedger: year must be {YEARS.start} to {YEARS[-1]}.",
                f"exchangeLedger：year 应为 {YEARS.start} 到 {YEARS[-1]}。",
            )
        try:
            return await ledger(self.run, viewer.rights, wanted, self.today())
        except TooMany as error:
            raise bad_argument(
                f"exchangeLedger: more than {MOST} exchanges or {MOST_PAIRS} pairs. Ask for one institution or one year.",
                f"exchangeLedger：超过 {MOST} 项交流或 {MOST_PAIRS} 对机构。请限定机构或年份。",
            ) from error
