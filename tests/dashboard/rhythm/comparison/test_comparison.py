"""Two finished quarters side by side, with values from paper."""

from collections import Counter
from datetime import date, timedelta

import pytest

from dashboard.report.comparison_sheet import comparison_sheet
from dashboard.report.sheet import Cell, Sheet, Table
from dashboard.rhythm import actions
from dashboard.rhythm.comparison.model import Comparison, KpiPair
from dashboard.rhythm.comparison.reading import compare, finished_quarters, weeks_in
from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting import closing, deciding, preparing, running
from dashboard.text import LANGUAGES, Language
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Calendar, Grain, Period, Weekday
from tests.builders.meetings import FIVE, LUC, TEAM, company, steering
from tests.builders.warehouse import Row, closed, created, meeting, warehouse_with

CALENDAR = Calendar()
SPRING = CALENDAR.parse("2026-Q2")
SUMMER = CALENDAR.parse("2026-Q3")
#: Weeks 14 to 26 lie in the second quarter by their Thursdays, 27 to 39 in the third. The deals are
#: won on Tuesdays, of which that of week 27, June 30, lies in the second.
WON = [4] * 13 + [6] * 20


def rows(won: list[int]) -> list[Row]:
    """Return what happened on the Tuesdays of the weeks up to week 46."""
    found: list[Row] = []
    for back, deals in enumerate(reversed(won)):
        day = str(date(2026, 11, 10) - timedelta(weeks=back))
        found += [closed(day, "won", 100.0)] * deals
        found += [closed(day, "lost", 50.0), created(day, 100.0), meeting(day)]
    return found


def pair(value: Comparison, key: str) -> KpiPair:
    return next(one for one in value.kpis if one.definition.key == key)


def test_a_quarter_counts_its_own_days_and_judges_the_weeks_whose_thursday_it_has() -> None:
    found = pair(compare(steering(WON), SPRING, SUMMER), "deals_won")

    assert found.first.point is not None
    assert found.second.point is not None
    # twelve Tuesdays of four and one of six; thirteen of six
    assert (found.first.point.point.value, found.second.point.point.value) == (54, 78)
    assert found.change == 24
    # five a week were aimed at
    assert (found.first.weeks.on_target, found.first.weeks.aimed) == (0, 13)
    assert (found.second.weeks.on_target, found.second.weeks.aimed) == (13, 13)
    assert found.second.weeks.share == 1.0
    # seen from its own end, the first quarter had four every week, and nothing to see; the one
    # step to six makes for limits of 5.2 ± 0.2 afterwards: each of its weeks is outside them
    assert (found.first.weeks.good, found.first.weeks.bad) == (0, 0)
    assert (found.second.weeks.good, found.second.weeks.bad) == (13, 0)


def test_weeks_with_too_few_deals_are_neither_on_target_nor_off() -> None:
    # five deals finished a week, then thirteen: ten tell a win rate
    context = steering([4] * 13 + [12] * 20)
    set_target(context, TargetRequest("win_rate", 0.5, date(2026, 1, 1)))

    found = pair(compare(context, SPRING, SUMMER), "win_rate")

    assert (found.first.weeks.on_target, found.first.weeks.aimed) == (0, 0)
    assert (found.second.weeks.on_target, found.second.weeks.aimed) == (13, 13)


def test_weeks_that_never_vary_differ_by_what_their_values_do() -> None:
    found = pair(compare(steering(WON), SPRING, SUMMER), "deals_won")

    assert found.apart is not None
    assert (found.apart.before, found.apart.after, found.apart.change) == (4, 6, 2)
    assert (found.differs, found.improved) == (True, True)


def test_routine_variation_is_no_difference() -> None:
    found = pair(compare(steering([3, 9] * 16 + [3]), SPRING, SUMMER), "deals_won")

    assert found.differs is False
    assert found.improved is None


def test_with_too_few_weeks_nobody_says_whether_quarters_differ() -> None:
    # the first row is of week 23: four weeks of the second quarter
    found = pair(compare(steering([4] * 4 + [6] * 20), SPRING, SUMMER), "deals_won")

    assert found.first.weeks.count == 4
    assert (found.apart, found.differs, found.improved) == (None, None, None)


def test_a_rate_of_few_deals_is_neither_on_nor_off_target() -> None:
    context = steering([4] + [6] * 19)  # the first row is of June 30: four won and one lost
    set_target(context, TargetRequest(key="win_rate", value=0.5, valid_from=date(2026, 1, 1)))

    value = compare(context, SPRING, SUMMER)

    found = pair(value, "win_rate")
    assert found.first.point is not None
    assert found.second.point is not None
    assert (found.first.point.point.value, found.first.point.on_target) == (0.8, None)
    assert found.second.point.on_target is True
    assert value.on_target(lambda pair: pair.first) == (0, 1)  # deals won alone


def test_a_quarter_without_data_says_so_beside_the_other() -> None:
    context = steering(WON).on(date(2027, 4, 8))  # the last deal is of November

    value = compare(context, SUMMER, CALENDAR.parse("2027-Q1"))

    sheet = comparison_sheet(value, "Érable", "en", CALENDAR)
    (rate,) = [row for row in _rows(sheet) if row[0].text == "Win rate"]
    assert (rate[2].text, rate[2].small) == ("–", "no data to compute it from")


def test_the_order_in_which_quarters_are_named_does_not_matter() -> None:
    context = steering(WON)

    assert compare(context, SUMMER, SPRING) == compare(context, SPRING, SUMMER)


def test_kpis_that_were_chosen_in_either_quarter_are_compared() -> None:
    context = company(*rows(WON))
    replaced = {key: who for key, who in FIVE.items() if key != "win_rate"}
    choose(context.on(date(2026, 4, 1)), [*FIVE.items()])
    choose(context.on(date(2026, 8, 1)), [*replaced.items(), ("average_deal", None)])

    value = compare(context, SPRING, SUMMER)

    keys = [one.definition.key for one in value.kpis]
    assert set(keys) == {*FIVE, "average_deal"}
    assert keys[-1] == "win_rate"  # nobody steers by it any more
    # it was among them until August, and the other one is since then
    assert (pair(value, "win_rate").first.chosen, pair(value, "win_rate").second.chosen) == (
        True,
        True,
    )
    average = pair(value, "average_deal")
    assert (average.first.chosen, average.second.chosen) == (False, True)


def test_a_quarter_counts_the_kpis_that_were_followed_at_its_end() -> None:
    context = company(*rows(WON))
    replaced = {key: who for key, who in FIVE.items() if key != "win_rate"}
    choose(context.on(date(2026, 4, 1)), [*FIVE.items()])
    choose(context.on(date(2026, 8, 1)), [*replaced.items(), ("average_deal", None)])
    # both are far below in both quarters, and nothing else has a target
    set_target(context, TargetRequest("win_rate", 0.99, date(2026, 1, 1)))
    set_target(context, TargetRequest("average_deal", 150.0, date(2026, 1, 1)))

    value = compare(context, SPRING, SUMMER)

    # win rate in the second quarter, the average deal in the third
    assert value.on_target(lambda pair: pair.first) == (0, 1)
    assert value.on_target(lambda pair: pair.second) == (0, 1)


def test_before_a_company_chose_its_kpis_those_of_today_are_compared() -> None:
    value = compare(steering(WON), SPRING, SUMMER)

    assert [one.definition.key for one in value.kpis] == list(FIVE)
    assert not any(one.first.chosen or one.second.chosen for one in value.kpis)


def test_commitments_meetings_and_decisions_are_counted_in_their_quarter() -> None:
    context = steering(WON)
    there = context.on(date(2026, 8, 3))
    number = preparing.plan_meeting(there, invited=TEAM).meeting_id
    running.start(there, number)
    decided = deciding.decide(there, number, "Oui", "Marc Roy", date(2026, 8, 10))
    actions.add_action(there, "Rappeler Hydro", "Zoé Côté", date(2026, 8, 20))
    closing.close(there, number)
    actions.complete(context.on(date(2026, 8, 10)), decided.action_id, 1)

    value = compare(context, SPRING, SUMMER)

    spring, summer = value.rhythms
    assert (spring.held, spring.decisions, spring.kept) == (0, 0, Kept(0, 0))
    assert (summer.weeks, summer.held, summer.decisions) == (13, 1, 1)
    # one was kept on its day, the other is late since August 21
    assert summer.kept == Kept(1, 2)
    assert summer.rating is None
    # everybody's: no name comes out of it
    assert compare(context.by(LUC), SPRING, SUMMER).rhythms == value.rhythms


@pytest.mark.parametrize(
    "names", [("2026-Q3", "2026-Q3"), ("2026-Q3", "2026-Q4"), ("2026-09", "2026-Q2")]
)
def test_what_cannot_be_compared_is_refused(names: tuple[str, str]) -> None:
    first, second = (CALENDAR.parse(name) for name in names)

    with pytest.raises(Refused):
        compare(steering(WON), first, second)


def test_a_comparison_is_seen_from_any_day() -> None:
    with pytest.raises(Refused):
        compare(steering(WON), SPRING, SUMMER, as_of=date(2026, 9, 30))

    value = compare(steering(WON), SPRING, SUMMER, as_of=date(2026, 10, 1))

    # the last day of the third quarter was a Wednesday: week 40 was not over, week 39 was
    assert pair(value, "deals_won").second.weeks.count == 13


def test_quarters_are_offered_from_the_first_row_on() -> None:
    context = warehouse_with(
        *(closed(f"2026-{month:02}-10", "won", 100.0) for month in range(2, 12)),
        today="2026-11-17",
    )

    found = finished_quarters(context, 12)

    assert [CALENDAR.label(one) for one in found] == ["2026-Q3", "2026-Q2", "2026-Q1"]
    assert len(finished_quarters(context, 2)) == 2


def test_a_company_without_data_has_no_quarter_to_compare() -> None:
    assert finished_quarters(company(), 12) == ()
    assert compare(company(), SPRING, SUMMER).kpis == ()


def test_a_quarter_of_a_long_year_has_fourteen_weeks() -> None:
    # 2026 has 53 weeks: the Thursday of the last one is December 31
    assert len(weeks_in(CALENDAR, CALENDAR.parse("2026-Q4"))) == 14
    assert len(weeks_in(CALENDAR, SUMMER)) == 13


@pytest.mark.parametrize("start", range(1, 13))
@pytest.mark.parametrize("weekday", list(Weekday))
def test_every_week_lies_in_exactly_one_quarter(start: int, weekday: Weekday) -> None:
    calendar = Calendar(weekday, start)
    quarters = calendar.periods(Grain.QUARTER, date(2025, 1, 1), date(2028, 1, 1))

    counted: Counter[Period] = Counter()
    for quarter in quarters:
        counted.update(weeks_in(calendar, quarter))

    first, last = min(counted), max(counted)
    weeks = list(calendar.periods(Grain.WEEK, first.start, last.end))
    assert set(counted.values()) == {1}
    assert len(counted) == len(weeks)


def sheet_of(context: Context, language: Language) -> Sheet:
    value = compare(context, SPRING, SUMMER)
    return comparison_sheet(value, "Érable", language, CALENDAR)


def test_it_is_said_what_differs_by_more_than_chance() -> None:
    sheet = sheet_of(steering(WON), "fr_CA")

    colon = "\N{NO-BREAK SPACE}:"
    said = [(one.text, one.tone) for one in sheet.lead]
    # of the five, deals won alone has a target
    assert said[0] == (
        f"T3 2026{colon} 1 indicateur sur 1 atteint sa cible, contre 0 sur 1 au T2 2026.",
        "plain",
    )
    better = next(text for text, tone in said if tone == "good")
    assert better.startswith(f"En progrès, plus que le hasard ne l’explique{colon} ")
    assert "Opportunités gagnées" in better
    assert sheet.title == "T3 2026 comparé à T2 2026"


def _rows(sheet: Sheet) -> list[tuple[Cell, ...]]:
    blocks = [block for part in sheet.parts for block in part.blocks]
    return [row for block in blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_the_paper_is_complete(language: Language) -> None:
    sheet = sheet_of(steering(WON), language)

    tables = [block for part in sheet.parts for block in part.blocks if isinstance(block, Table)]
    assert len(tables) == 3
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert all(cell.text for row in table.rows for cell in row)
