"""How far the files reach: what came after the newest import is unknown, not zero."""

from dataclasses import dataclass
from datetime import date

from pipelines.context import Context
from pipelines.kpis.tables import Table
from pipelines.periods import Period
from pipelines.sql import statement
from pipelines.workdays import WorkingDays, working_days


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
    ((until,),) = context.store.read(
        lambda cursor: cursor.execute(
            statement("kpis/covered_until"), {"tables": list(table.filled_by)}
        ).fetchall()
    )
    settings = context.workspace.settings
    place = working_days(settings.country, settings.province)
    return Coverage(asked, min(asked, until) if until else asked, place)
