"""What the page for typed numbers shows."""

from datetime import date, timedelta
from typing import Any

from dashboard import session
from dashboard.data import kpis
from dashboard.kept import remembered
from pipelines.kpis.definition import Definition
from pipelines.kpis.entries import EntryRow
from pipelines.kpis.hand_kept import HandKept, incomplete
from pipelines.kpis.rows import rows_behind
from pipelines.periods import Grain, Period

#: How many periods back numbers may be typed on the page; files go back further.
_TYPED_FOR = 26


@remembered
def incomplete_kpis() -> tuple[HandKept, ...]:
    """Return the KPIs that came with a file and that nobody has described yet."""
    return incomplete(session.current())


@remembered
def typed_kpis() -> tuple[Definition, ...]:
    """Return the KPIs whose numbers are typed."""
    return tuple(kpi for kpi in kpis.definitions() if kpi.measure is None)


@remembered
def recent_periods(grain: Grain) -> tuple[Period, ...]:
    """Return the periods that numbers may be typed for, newest first."""
    context = session.current()
    period = context.calendar.period(grain, context.today())
    found = [period]
    while len(found) < _TYPED_FOR:
        found.append(context.calendar.previous(found[-1]))
    return tuple(found)


@remembered
def entries(key: str) -> tuple[EntryRow, ...]:
    """Return what was typed for a KPI, newest first."""
    context = session.current()
    # a running week lies where its Thursday lies; what begins after today is left out anyway
    end = context.today() + timedelta(weeks=1)
    found = rows_behind(context, key, date.min, end)
    typed = []
    for record in found.records:
        said: dict[str, Any] = dict(zip(found.columns, record, strict=True))
        typed.append(
            EntryRow(
                key=key,
                start=said["start"],
                grain=Grain(said["grain"]),
                value=said["value"],
                owner=said["owner"] or None,
                note=said["note"],
            )
        )
    return tuple(sorted(typed, key=lambda entry: entry.start, reverse=True))
