"""The first pass: is a KPI still worth watching, and did the input move the result."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.quarter import kpi_words, weeks
from dashboard.rhythm.quarter.assumed import Assumed, judge_lag
from dashboard.rhythm.quarter.model import Fact, Item, KpiNumbers, Lagged, Part
from dashboard.rhythm.quarter.target_words import turned
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.analysis.verdict import reached
from pipelines.context import Context
from pipelines.errors import Message
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import everything, shows_margins
from pipelines.kpis.definition import Definition, Kind, LocalText
from pipelines.kpis.target import Target
from pipelines.kpis.target_words import changed_within
from pipelines.kpis.targets import list_targets
from pipelines.people.names import names_at
from pipelines.periods import Grain, Period
from pipelines.sql import statement
from pipelines.store import Cursor


@dataclass(frozen=True)
class Followed:
    """The days on which a KPI was chosen.

    Attributes:
        ends: The day after the last; None: still chosen.
    """

    key: str
    responsible: str | None
    begins: date
    ends: date | None


@dataclass(frozen=True)
class Quarter:
    """What the first pass is made from.

    Attributes:
        weekly: Every series by key, up to the last finished week of the quarter.
        weeks: The finished weeks of the quarter.
        until: The day that is looked from.
    """

    period: Period
    weeks: Sequence[Period]
    weekly: Mapping[str, JudgedSeries]
    until: date


def followed(context: Context, quarter: Period) -> tuple[Followed, ...]:
    """Return the KPIs chosen on any day of a quarter, in the order they are shown."""

    def read(cursor: Cursor) -> tuple[Followed, ...]:
        names = names_at(cursor)
        rows = cursor.execute(
            statement("quarter/chosen"), {"start": quarter.start, "end": quarter.end}
        ).fetchall()
        return _joined(
            (Followed(key, who and names.shown(who), begins, ends), position)
            for key, who, position, begins, ends in rows
        )

    return context.store.read(read)


def _joined(rows: Iterable[tuple[Followed, int]]) -> tuple[Followed, ...]:
    """Return one entry for each KPI, whatever was chosen anew around it; newest order."""
    found: dict[str, tuple[int, Followed]] = {}
    for one, position in rows:
        before = found.get(one.key)
        begins = before[1].begins if before else one.begins
        found[one.key] = (position, Followed(one.key, one.responsible, begins, one.ends))
    ordered = sorted(found.values(), key=lambda pair: (pair[1].ends is not None, pair[0]))
    return tuple(one for _, one in ordered)


def kpi_items(
    context: Context, quarter: Quarter, chosen: Sequence[Followed], assumed: Sequence[Assumed]
) -> tuple[Item, ...]:
    """Return the KPIs of a quarter with their evidence."""
    definitions = everything(context)
    known = [one for one in chosen if one.key in definitions]
    if not known:
        return ()
    as_of = min(quarter.until, quarter.period.end)
    keys = [one.key for one in known]
    quarterly = {
        one.series.definition.key: one for one in assess(context, keys, Grain.QUARTER, as_of=as_of)
    }
    about, targets = _about(context, quarter.period), list_targets(context)
    return tuple(
        _item(
            one,
            definitions,
            quarter,
            quarterly[one.key],
            known,
            about.get(one.key, (0, 0, 0)),
            tuple(
                judge_lag(quarter.weekly, each, definitions)
                for each in assumed
                if each.leading == one.key and definitions[one.key].kind is Kind.INPUT
            ),
            _aim_notes(targets, quarterly[one.key], quarter.period),
        )
        for one in known
    )


def _aim_notes(
    targets: Sequence[Target], quarterly: JudgedSeries, quarter: Period
) -> Iterator[Message]:
    series = quarterly.series
    definition = series.definition
    yield from turned(targets, definition.key, quarter, definition.unit, series.currency)
    if (note := changed_within(targets, definition, quarter)) is not None:
        yield note


def _about(context: Context, quarter: Period) -> dict[str, tuple[int, int, int]]:
    def read(cursor: Cursor) -> dict[str, tuple[int, int, int]]:
        rows = cursor.execute(
            statement("quarter/about"), {"start": quarter.start, "end": quarter.end}
        ).fetchall()
        return {key: (decisions, actions, blockers) for key, decisions, actions, blockers in rows}

    return context.store.read(read)


def _item(  # noqa: PLR0917 - each is another source of the same evidence
    one: Followed,
    definitions: Mapping[str, Definition],
    quarter: Quarter,
    quarterly: JudgedSeries,
    chosen: Sequence[Followed],
    about: tuple[int, int, int],
    lagged: tuple[Lagged, ...],
    aim_notes: Iterable[Message],
) -> Item:
    definition = definitions[one.key]
    weekly = quarter.weekly.get(one.key)
    found = weeks.split(weekly, quarter.weeks) if weekly else weeks.Weeks((), ())
    numbers = _numbers(
        one, definition, quarter, quarterly, found, about, lagged, chosen, definitions
    )
    unavailable = quarterly.series.unavailable
    until = quarterly.series.known_until
    said = kpi_words.facts(numbers, len(found.own), unavailable, until, aim_notes)
    return Item(
        subject=f"kpi {one.key}",
        part=Part.KPIS,
        name=definition.name,
        owner=one.responsible,
        facts=(
            *map(Fact, said),
            *(Fact(kpi_words.lagged(each, definition.name), each.confidential) for each in lagged),
        ),
        weeks=weeks.lines(found),
        band=weeks.limits_of((*found.former, *found.own)),
        kpi=numbers,
        confidential=shows_margins(definition),
    )


def _numbers(  # noqa: PLR0917 - as above
    one: Followed,
    definition: Definition,
    quarter: Quarter,
    quarterly: JudgedSeries,
    found: weeks.Weeks,
    about: tuple[int, int, int],
    lagged: tuple[Lagged, ...],
    chosen: Sequence[Followed],
    definitions: Mapping[str, Definition],
) -> KpiNumbers:
    points = {judged.point.period: judged for judged in quarterly.points}
    now = points.get(quarter.period)
    before = points.get(_year_before(quarter.period))
    aimed = [week for week in found.own if week.on_target is not None]
    verdicts = Counter(week.verdict for week in found.own)
    marked = [week.favourable for week in found.own if week.favourable is not None]
    decisions, actions, blockers = about
    return KpiNumbers(
        key=one.key,
        kind=definition.kind,
        unit=definition.unit,
        better=definition.better,
        currency=quarterly.series.currency,
        chosen_from=max(one.begins, quarter.period.start),
        chosen_to=one.ends if one.ends and one.ends < quarter.period.end else None,
        replaced=_names(
            (
                other
                for other in chosen
                if one.begins > quarter.period.start and other.ends == one.begins
            ),
            definitions,
        ),
        replaced_by=_names(
            (other for other in chosen if one.ends is not None and other.begins == one.ends),
            definitions,
        ),
        value=now.point.value if now else None,
        numerator=now.point.numerator if now else None,
        denominator=now.point.denominator if now else None,
        partial=now is not None and now.point.partial,
        aim=now.aim if now else None,
        gap=now.gap if now else None,
        on_target=reached(now, definition) if now else None,
        last_year=_value(before),
        weeks_with_value=sum(week.point.value is not None for week in found.own),
        weeks_aimed=len(aimed),
        weeks_on_target=sum(bool(week.on_target) for week in aimed),
        verdicts=tuple(sorted(verdicts.items(), key=lambda pair: (-pair[1], pair[0]))),
        good_signals=marked.count(True),
        bad_signals=marked.count(False),
        limits_before=weeks.limits_of(found.former),
        limits_after=weeks.limits_of(found.own),
        lagged=lagged,
        decisions=decisions,
        actions=actions,
        blockers=blockers,
    )


def _year_before(quarter: Period) -> Period:
    def back(day: date) -> date:
        return day.replace(year=day.year - 1)  # the first of a month is in every year

    return Period(back(quarter.start), back(quarter.end), quarter.grain)


def _value(judged: JudgedPoint | None) -> float | None:
    return judged.point.value if judged and not judged.point.partial else None


def _names(
    found: Iterable[Followed], definitions: Mapping[str, Definition]
) -> tuple[LocalText, ...]:
    return tuple(definitions[one.key].name for one in found)
