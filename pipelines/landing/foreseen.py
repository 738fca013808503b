"""What was worked out for a landing, kept as long as the data stay what they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pipelines.analysis.judgement import Aim
from pipelines.analysis.outcomes import Outcomes
from pipelines.landing.columns import Columns
from pipelines.landing.deciding import Without, decide
from pipelines.landing.forecast import Forecast, Moment, forecast

#: More than the pages of a day ask for.
_MOST_KEPT = 64


@dataclass(frozen=True)
class Foreseen:
    """A forecast and what follows from it.

    Attributes:
        whole: What the period may end with.
        handful: The deals that decide.
    """

    ahead: Forecast
    whole: Outcomes
    handful: tuple[Without, ...]


_Asked = tuple[Moment, tuple[Moment, ...], bool, Aim | None]
_kept: WeakKeyDictionary[Columns, dict[_Asked, Foreseen]] = WeakKeyDictionary()


def foresee(
    columns: Columns, now: Moment, earlier: Sequence[Moment], aim: Aim | None, *, money: bool
) -> Foreseen:
    """Return where a period ends, and which deals decide; see ``forecast`` and ``decide``."""
    kept = _kept.setdefault(columns, {})
    asked = (now, tuple(earlier), money, aim)
    found = kept.get(asked)
    if found is None:
        ahead = forecast(columns, now, earlier, money=money)
        whole, handful = decide(ahead, aim)
        found = Foreseen(ahead, whole, tuple(handful))
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[asked] = found
    return found
