"""The origin's figures of April 2020 (`domain.md`, rows 5 and 6) and what becomes of them at other scales.

At scale 1 every figure is the origin's own. At another scale a count is the figure times the scale, rounded to the
nearest whole and at least 1; the sum of the instruments' values is rounded to a whole yuan, and raised where so few
yuan would not give each instrument its least value; terabytes are rounded to an eighth, which a float holds exactly,
so that a sum over them is exact too, and raised to an eighth for each dataset. The 13 resource categories stay 13
at every scale.

What the origin does not tell is the generator's own: how many datasets, cadres, agreements, events, exchanges,
classes and Chongqing institutions other than enterprises there are.
"""

from dataclasses import dataclass

SMALLEST_SCALE = 0.001
LARGEST_SCALE = 20.0
RESOURCE_CATEGORIES = 13
TERABYTES = 273
EIGHTHS = 8  # of a terabyte: the grain of a dataset's size


@dataclass(frozen=True, slots=True)
class Side:
    """The instruments of one side: how many, worth how much together, and each at the least (whole yuan)."""

    instruments: int
    value_yuan: int
    least_yuan: int

    def at(self, scale: float) -> "Side":
        """The side at that scale."""
        instruments = _count(self.instruments, scale)
        value = max(round(self.value_yuan * scale), instruments * self.least_yuan)
        return Side(instruments, value, self.least_yuan)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of everything; the defaults are scale 1."""

    scale: float = 1.0
    sichuan: Side = Side(2_774, 3_468_000_000, 500_000)
    chongqing: Side = Side(9_654, 4_960_000_000, 200_000)
    managing_institutions: int = 160
    experts: int = 1_356
    achievements: int = 9_296
    people: int = 190_000
    enterprises: int = 17_300
    projects: int = 68_000
    terabyte_eighths: int = TERABYTES * EIGHTHS
    datasets: int = 80 * RESOURCE_CATEGORIES
    chongqing_institutions: int = 240
    cadres: int = 320
    agreements: int = 160
    events: int = 240
    exchanges_over: int = 320
    classes_certified: int = 30


def figures_at(scale: float) -> Figures:
    """The figures at that scale; raises ValueError for a scale that is not from 0.001 to 20."""
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise ValueError(f"A scale is from {SMALLEST_SCALE} to {LARGEST_SCALE:g}, not {scale:g}")
    origin = Figures()
    sichuan = origin.sichuan.at(scale)
    datasets = max(RESOURCE_CATEGORIES, round(origin.datasets * scale))
    return Figures(
        scale=scale,
        sichuan=sichuan,
        chongqing=origin.chongqing.at(scale),
        # each manages an instrument at least, or it would manage none of the platform's
        managing_institutions=min(_count(origin.managing_institutions, scale), sichuan.instruments),
        experts=_count(origin.experts, scale),
        achievements=_count(origin.achievements, scale),
        people=_count(origin.people, scale),
        enterprises=_count(origin.enterprises, scale),
        projects=_count(origin.projects, scale),
        terabyte_eighths=max(datasets, round(origin.terabyte_eighths * scale)),
        datasets=datasets,
        chongqing_institutions=_count(origin.chongqing_institutions, scale),
        cadres=max(24, _count(origin.cadres, scale)),
        agreements=max(12, _count(origin.agreements, scale)),
        events=max(12, _count(origin.events, scale)),
        exchanges_over=max(24, _count(origin.exchanges_over, scale)),
        classes_certified=max(4, _count(origin.classes_certified, scale)),
    )


def _count(figure: int, scale: float) -> int:
    return max(1, round(figure * scale))
