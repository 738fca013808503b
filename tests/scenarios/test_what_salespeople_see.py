"""Whatever a salesperson reads of the sample company: nothing of a colleague, no cost, all totals."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.rhythm.actions import history, list_actions
from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.under_way import read_under_way
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.gaps.gaps import gaps
from pipelines.kpis.assess import assess
from pipelines.kpis.availability import availability
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import chosen, proposed
from pipelines.kpis.hand_kept import hand_kept
from pipelines.kpis.locks import newest_locks
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.series import read_series
from pipelines.kpis.targets import list_targets, owners
from pipelines.people.register import list_people, proposals
from pipelines.periods import Grain
from pipelines.sample import PEOPLE
from tests.builders.by_hand import FIRST_DAY, TODAY
from tests.builders.sample import sample_context

_MARGINS = {"gross_margin", "gross_margin_rate"}
#: Everybody knows who answers for a KPI of the company; it is nobody's figure.
_KNOWN_TO_ALL = {"responsible"}
_SPLITS = (None, "owner", "segment", "source")


def in_the_hands_of(name: str, *, margins: bool = False) -> Context:
    scope = Scope(frozenset({name}), margins)
    return sample_context().by(Actor(name, None, scope))


def words(value: Any) -> Iterator[str]:
    """Yield every text in a value, whatever it is made of."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in _KNOWN_TO_ALL:
                yield from words(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from words(key)
            yield from words(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from words(one)


def all_that_is_read(context: Context) -> Iterator[tuple[str, object]]:
    """Yield what each reader returns, with the reader's name."""
    keys = list(catalogue(context))
    tomorrow = TODAY + timedelta(days=1)
    yield "catalogue", catalogue(context)
    yield "availability", availability(context)
    yield "chosen", chosen(context)
    yield "chosen before", chosen(context, TODAY - timedelta(days=30))
    yield "proposed", proposed(context)
    yield "hand kept", hand_kept(context)
    yield "locks", newest_locks(context, Grain.WEEK)
    yield "targets", list_targets(context)
    yield "owners", owners(context)
    yield "people", list_people(context)
    yield "proposals", proposals(context)
    yield "actions", list_actions(context)
    yield "actions then", list_actions(context, TODAY - timedelta(days=7))
    yield "under way", read_under_way(context)
    # who gave somebody an action, or moved it, is no secret to them
    yield (
        "histories",
        [
            replace(event, author=None)
            for number in range(1, 60)
            for event in history(context, number)
        ],
    )
    yield "review", weekly_review(context)
    for month in context.calendar.periods(Grain.MONTH, date(2026, 8, 1), TODAY):
        yield f"gaps of {month.start}", gaps(context, month, keys)
    for by in _SPLITS:
        yield f"series by {by}", read_series(context, keys, Grain.MONTH, by=by)
        yield f"judged by {by}", assess(context, keys, Grain.QUARTER, by=by)
    for key in keys:
        yield f"rows behind {key}", rows_behind(context, key, FIRST_DAY, tomorrow)
        for owner in PEOPLE:
            if key != "proposals":
                yield (
                    f"{owner}'s {key}",
                    rows_behind(context, key, FIRST_DAY, tomorrow, owner=owner),
                )


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_that_a_salesperson_reads_names_a_colleague_or_a_cost(name: str) -> None:
    others = set(PEOPLE) - {name}
    context = in_the_hands_of(name)

    for reader, read in all_that_is_read(context):
        found = set(words(read))
        assert not {word for word in found if any(other in word for other in others)}, reader
        assert not found & (_MARGINS | {"cost"}), reader


@pytest.mark.parametrize("name", PEOPLE)
def test_a_salesperson_sees_their_own_rows_and_counts_no_others(name: str) -> None:
    everything = sample_context()
    mine = in_the_hands_of(name)
    days = FIRST_DAY, TODAY + timedelta(days=1)

    for key in catalogue(mine):
        seen = rows_behind(mine, key, *days, limit=50)
        own = rows_behind(everything, key, *days, owner=name)
        assert seen.total == own.total > 0
        place = seen.columns.index("owner")
        assert {record[place] for record in seen.records} == {name}


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.QUARTER])
def test_the_companys_totals_are_the_same_for_everybody(grain: Grain) -> None:
    mine = in_the_hands_of(PEOPLE[0])
    keys = list(catalogue(mine))

    assert assess(mine, keys, grain) == assess(sample_context(), keys, grain)


def test_only_the_own_figures_stand_person_by_person() -> None:
    for name in PEOPLE:
        mine = read_series(in_the_hands_of(name), ["sales_won"], Grain.WEEK, by="owner")
        whole = read_series(sample_context(), ["sales_won"], Grain.WEEK, by="owner")

        assert mine == [series for series in whole if series.group == name]
        assert len(whole) >= len(PEOPLE)


@pytest.mark.parametrize("key", sorted(_MARGINS))
def test_a_kpi_that_shows_margins_is_answered_like_one_that_does_not_exist(key: str) -> None:
    context = in_the_hands_of(PEOPLE[0])
    days = date(2026, 1, 1), date(2026, 2, 1)

    def refusal(asked: str) -> str:
        with pytest.raises(Refused) as series:
            read_series(context, [asked], Grain.WEEK)
        with pytest.raises(Refused) as rows:
            rows_behind(context, asked, *days)
        with pytest.raises(Refused) as judged:
            assess(context, [asked], Grain.WEEK, by="owner")
        return " ".join(str(error.value) for error in (series, rows, judged)).replace(asked, "?")

    # a hint would name KPIs that sound alike, never the hidden one
    assert not any(hidden in refusal(key) for hidden in _MARGINS)
    assert refusal(key) == refusal("zzz")


def test_an_owner_who_allows_it_lets_salespeople_see_margins() -> None:
    context = in_the_hands_of(PEOPLE[0], margins=True)

    assert set(catalogue(context)) >= _MARGINS
    assert "cost" in rows_behind(context, "gross_margin", FIRST_DAY, TODAY).columns


def test_somebody_who_is_none_of_the_people_sees_totals_only() -> None:
    context = sample_context().by(Actor("Anne", None, Scope(frozenset(), margins=False)))

    assert read_series(context, ["sales_won"], Grain.WEEK, by="owner") == []
    assert rows_behind(context, "sales_won", FIRST_DAY, TODAY).total == 0
    assert owners(context) == ()
    assert list_actions(context) == ()
    assert all(target.owner is None for target in list_targets(context))
    assert weekly_review(context).rows
