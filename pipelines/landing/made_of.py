"""Which KPIs are made of deals that were won, so that open deals tell where they end."""

from functools import cache

from pipelines.kpis import expressions
from pipelines.kpis.definition import Definition, Measure
from pipelines.kpis.tables import TABLES

_DEALS = TABLES["deals"]
_WON = expressions.condition("status = 'won'", _DEALS)
_AMOUNTS = expressions.aggregate("sum(amount)", _DEALS)
_COUNT = expressions.aggregate("count(*)", _DEALS)


def adds_amounts(definition: Definition) -> bool | None:
    """Tell whether a KPI adds the amounts of deals won, or counts them.

    Returns:
        True for amounts, False for deals, None for every other KPI. The measure decides, however
        it is written and whatever the KPI is called.
    """
    return None if definition.measure is None else _adds(definition.measure)


@cache
def _adds(measure: Measure) -> bool | None:
    if measure.table != "deals" or measure.date != "closed_on" or measure.denominator:
        return None
    if not measure.where or expressions.condition(measure.where, _DEALS) != _WON:
        return None
    numerator = expressions.aggregate(measure.numerator, _DEALS)
    if numerator == _AMOUNTS:
        return True
    return False if numerator == _COUNT else None
