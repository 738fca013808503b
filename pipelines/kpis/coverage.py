"""How far the files reach: what came after the newest import is unknown, not zero.

Neither is what came after the last row of an old export that was taken in only today. Whether a
silence is true cannot be known, so the rule waits until nobody would believe it: the files end with
their last row when nothing has happened in a table for more than twice as long as the longest pause
of the year before, and for more than four weeks. A table in which things happened on fewer than
twelve days of that year has no usual pause, and no such end.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from pipelines.context import Context
from pipelines.kpis.tables import Table
from pipelines.periods import Period
from pipelines.sql import statement
from pipelines.store import Cursor, Store
from pipelines.workdays import WorkingDays, working_days

#: On so many days of a year something happens before its pauses are known.
_FEWEST_DAYS = 12
#: A silence that nobody believes: so many times the longest pause, and never shorter than this.
_TIMES = 2
_SHORTEST_SILENCE = timedelta(weeks=4)
#: By store and version of its data: asked for with every series, and it reads whole tables.
_reaches: WeakKeyDictionary[Store, dict[tuple[int, tuple[str, ...]], date | None]] = (
    WeakKeyDictionary()
)


@dataclass(frozen=True)
class Coverage:
    """What is known on a day.

    Attributes:
        asked: The day somebody asks about.
        until: The last day that the files tell about, at most the day asked about.
    """

    asked: date
    until: date
    place: WorkingDays

    def is_partial(self, period: Period) -> bool:
        """Tell whether a period was running, or its last working day is not in the files yet.

        A file of Friday evening tells all there is about its week.
        """
        if period.is_partial(self.asked):
            return True
        if self.until >= period.last_day:
            return False
        days = self.place.days(period)
        return bool(days) and self.until < days[-1]

    def is_unknown(self, period: Period) -> bool:
        """Tell whether a period began after the files end."""
        return self.until < period.start


def coverage(context: Context, table: Table, asked: date) -> Coverage:
    """Return what the files that fill a table tell on a day; everything if none was imported."""
    until = _reach(context, table)
    settings = context.workspace.settings
    place = working_days(settings.country, settings.province)
    return Coverage(asked, min(asked, until) if until else asked, place)


def _reach(context: Context, table: Table) -> date | None:
    """Return the last day that the files which fill a table tell about; None without any."""
    store = context.store
    known = _reaches.setdefault(store, {})
    key = (store.version, table.filled_by)
    if key not in known:
        found = store.read(lambda cursor: _read(cursor, list(table.filled_by)))
        for old in [one for one in known if one[0] != store.version]:
            known.pop(old, None)
        known[key] = found
    return known[key]


def _read(cursor: Cursor, tables: list[str]) -> date | None:
    ((imported,),) = cursor.execute(statement("kpis/covered_until"), {"tables": tables}).fetchall()
    if imported is None:
        return None
    ((newest, days, longest),) = cursor.execute(
        statement("kpis/silence"), {"tables": tables, "until": imported}
    ).fetchall()
    if days < _FEWEST_DAYS or longest is None:
        last: date = imported
        return last
    silent = max(_SHORTEST_SILENCE, _TIMES * timedelta(days=longest))
    reach: date = newest if imported - newest > silent else imported
    return reach
