"""Where the KPIs of a plan stand: the company's figures, or one person's."""

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.rhythm.plan.model import Plan
from dashboard.rhythm.plan.overview import recent_value
from pipelines.context import Context
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.series import read_series
from pipelines.kpis.values import Series
from pipelines.periods import Grain

_DAY = timedelta(days=1)


def series_of(
    context: Context, keys: Sequence[str], person: str | None, on: date | None = None
) -> dict[str, Series]:
    """Return KPIs week by week: of the company, or of one person; unknown ones are left out.

    Args:
        on: The day that is looked from; None for today.
    """
    known = catalogue(context)
    asked = [key for key in dict.fromkeys(keys) if key in known]
    if not asked:
        return {}
    by = None if person is None else "owner"
    found = read_series(context, asked, Grain.WEEK, by=by, as_of=on)
    return {one.definition.key: one for one in found if one.group == person}


def stands_at(context: Context, plan: Plan, on: date | None = None) -> dict[int, float | None]:
    """Return where the KPI of each priority stands on a day, by the number of the priority.

    Those of KPIs that whoever asks may not see, or that have no numbers, are None.
    """
    keys = [one.kpi for one in plan.standing if one.kpi]
    series = series_of(context, keys, plan.person, on)
    return {
        one.priority_id: _value(series[one.kpi]) if one.kpi in series else None
        for one in plan.standing
    }


def proposed_from(context: Context, key: str, person: str | None = None) -> float | None:
    """Return where a priority would start from: the centre of the KPI's limits, else its value.

    None if the KPI has no numbers yet.
    """
    if key not in catalogue(context):
        return None
    by = None if person is None else "owner"
    for judged in assess(context, [key], Grain.WEEK, by=by):
        if judged.series.group == person:
            return judged.limits.centre if judged.limits else _value(judged.series)
    return None


def _value(series: Series) -> float | None:
    return recent_value(series.points, adds_up=series.definition.adds_up)
