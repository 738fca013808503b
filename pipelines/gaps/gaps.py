"""The gaps of a month: where each KPI stands, and what its gap is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isclose

from pipelines.analysis.verdict import is_on_target, is_thin
from pipelines.context import Context
from pipelines.gaps import by_hand
from pipelines.gaps.aimed import Aimed
from pipelines.gaps.model import Gap, Standing
from pipelines.gaps.parts import factors_of, splits_of
from pipelines.gaps.reading import Asked, Reading, read
from pipelines.gaps.stretches import YEAR_BEFORE, When
from pipelines.kpis.catalogue import catalogue, known
from pipelines.kpis.choice import chosen, proposed
from pipelines.kpis.targets import list_targets
from pipelines.periods import Period


@dataclass(frozen=True)
class _Work:
    """What all gaps of a review share."""

    asked: Asked
    aimed: Aimed
    responsible: Mapping[str, str | None]
    then: Mapping[str, float | None]


def gaps(
    context: Context,
    month: Period,
    keys: Sequence[str] | None = None,
    as_of: date | None = None,
    *,
    then: Mapping[str, float | None] | None = None,
) -> tuple[Gap, ...]:
    """Return the gap of each KPI in a month.

    Args:
        month: A month, or a quarter as a whole.
        keys: The KPIs; if None those that the company steered by on the last day looked at, or
            steers by today if it had chosen none, or those proposed to it.
        as_of: Rows dated after it are left out, and the month or quarter it lies in is partial;
            today if None.
        then: By key, what the month before was said to be in its own review.

    Returns:
        In the order of the keys, without their landings, which whoever wants them adds. Whoever
        may see only their own figures gets the whole company's numbers, and of the people's parts
        their own and the sum of the others.

    Raises:
        Refused: A key is unknown.
    """
    asked = Asked(context, month, as_of or context.today())
    choice = chosen(context, min(asked.day, month.last_day)) or chosen(context)
    if keys is None:
        choice = choice or proposed(context)
    wanted = [one.key for one in choice] if keys is None else list(keys)
    definitions = known(catalogue(context), wanted)
    everybody = replace(context.actor.scope, people=None)
    work = _Work(
        asked,
        Aimed(context, list_targets(context.by(replace(context.actor, scope=everybody)))),
        {one.key: one.responsible for one in choice},
        then or {},
    )
    readings = read(asked, definitions)
    readings |= {one.key: by_hand.read(asked, one) for one in definitions if not one.measure}
    return tuple(_gap(work, readings[one.key]) for one in definitions)


def gap(context: Context, key: str, month: Period, as_of: date | None = None) -> Gap:
    """Return the gap of one KPI in a month; see ``gaps``.

    Raises:
        Refused: There is no such KPI.
    """
    (found,) = gaps(context, month, [key], as_of)
    return found


def _gap(work: _Work, reading: Reading) -> Gap:
    definition = reading.definition
    found = Gap(
        definition,
        month=None,
        to_date=None,
        landing=None,
        currency=reading.currency,
        responsible=work.responsible.get(definition.key),
        splits=(),
        factors=None,
        unavailable=reading.unavailable,
    )
    if reading.unavailable:
        return found
    month = _standing(work, reading, When.MONTH)
    return replace(
        found,
        month=month,
        to_date=_standing(work, reading, When.TO_DATE),
        splits=splits_of(reading, work.aimed) if month else (),
        factors=factors_of(reading),
        restated=_restated(work, reading),
    )


def _standing(work: _Work, reading: Reading, when: When) -> Standing | None:
    point = reading.points.get(when)
    if point is None:
        return None
    aim = work.aimed.at(reading, when)
    before = reading.points.get(YEAR_BEFORE[when])
    value = point.value
    judged = value is not None and not is_thin(point, reading.definition)
    return Standing(
        period=work.asked.month if when is When.MONTH else reading.stretches.days[when],
        actual=value,
        numerator=point.numerator,
        denominator=point.denominator,
        target=aim.value if aim else None,
        max_target=aim.max_value if aim else None,
        at_most=aim.at_most if aim else False,
        gap=None if aim is None or value is None else value - aim.value,
        on_target=is_on_target(value, aim) if aim and value is not None and judged else None,
        partial=when in reading.stretches.partial,
        last_year=before.value if before else None,
    )


def _restated(work: _Work, reading: Reading) -> tuple[float | None, float | None] | None:
    """Return what the month before was said to be and is today, where that is not the same."""
    key = reading.definition.key
    if key not in work.then:
        return None
    point = reading.points.get(When.FORMER_MONTH)
    then, now = work.then[key], point.value if point else None
    same = then == now or (
        then is not None and now is not None and isclose(then, now, rel_tol=1e-9, abs_tol=1e-9)
    )
    return None if same else (then, now)
