"""Landings of past days against what came: on paper, on the sample company, on a real export."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.ingest import ImportRequest, import_file
from pipelines.landing.landing import landing
from pipelines.landing.model import TrackRecord, Tried
from pipelines.landing.track_record import score, track_record
from pipelines.periods import Grain
from tests.builders.history import at_random, every_monday, rows_of
from tests.builders.imports import shared, workspace
from tests.builders.sample import sample_context
from tests.builders.warehouse import SHIPPED, add, closed, deal, warehouse_with

TODAY = date(2026, 11, 16)
FIRST = date(2024, 1, 8)
QUARTERS_TRIED = 6


def mondays() -> Context:
    weeks = (TODAY - FIRST).days // 7 + 1
    return warehouse_with(
        *rows_of(every_monday(FIRST, weeks), TODAY), today=TODAY, country="CA", province="QC"
    )


def test_each_finished_quarter_is_tried_after_one_and_two_thirds_of_its_working_days() -> None:
    record = track_record(mondays(), "sales_won")

    # the first quarter that is told in full is the second of 2024; it takes four before
    periods = [tried.period.start for tried in record.tried]
    assert periods[::2] == periods[1::2] == [
        date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1),
        date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1),
    ]  # fmt: skip
    # July to September 2026 has 64 working days in Quebec; the 21st is 30 July, the 43rd 31 August
    assert [tried.day for tried in record.tried[-2:]] == [date(2026, 7, 30), date(2026, 8, 31)]


def test_a_landing_that_was_tried_is_the_one_that_was_made_that_day() -> None:
    lives = at_random(5, date(2024, 1, 1), 220)
    context = warehouse_with(*rows_of(lives), today=TODAY)
    record = track_record(context, "sales_won")

    for tried in record.tried:
        then = warehouse_with(*rows_of(lives, tried.day), today=tried.day)
        found = landing(then, "sales_won").outlook
        assert found is not None
        assert (tried.closed, tried.low, tried.middle, tried.high) == (
            found.closed,
            found.low,
            found.middle,
            found.high,
        )
        came = [
            life.amount or 0
            for life in lives
            if life.won and life.closed and life.closed in tried.period
        ]
        assert tried.came == sum(came)
    assert len(record.tried) == 2 * QUARTERS_TRIED


def test_the_simple_ways_are_those_that_others_use() -> None:
    (*_, tried) = track_record(mondays(), "sales_won").tried

    lives = every_monday(FIRST, 151)
    won = [life for life in lives if life.won and life.closed and life.closed in tried.period]
    so_far = 1000 * len([life for life in won if life.closed and life.closed <= tried.day])
    assert tried.closed == so_far
    # after 43 of 64 working days
    assert tried.run_rate == round(Decimal(so_far) * 64 / 43, 2)
    known = [life for life in lives if life.created <= tried.day]
    finished = [life for life in known if life.closed and life.closed <= tried.day]
    share = len([life for life in finished if life.won]) / len(finished)
    still_open = len(known) - len(finished)
    assert float(tried.static) == pytest.approx(so_far + 1000 * share * still_open, abs=0.01)


def test_the_score_is_made_of_misses() -> None:
    quarter = mondays().calendar.period(Grain.QUARTER, TODAY)

    def tried(low: int, middle: int, high: int, came: int) -> Tried:
        numbers = (Decimal(one) for one in (0, low, middle, high, 2 * came, came - 10, came))
        return Tried(quarter, TODAY, *numbers)

    found = score([tried(80, 100, 120, 90), tried(80, 100, 120, 130), tried(5, 10, 20, 5)])

    assert found.covered == pytest.approx(2 / 3)
    assert found.bias == round(Decimal(10 - 30 + 5) / 3, 2)
    assert found.error == 15
    assert found.run_rate_bias == found.run_rate_error == found.came == 75
    assert (found.static_bias, found.static_error) == (Decimal(-10), Decimal(10))


def test_what_happens_later_changes_no_landing_that_was_tried() -> None:
    context = warehouse_with(*rows_of(at_random(6, date(2024, 1, 1), 220)), today=TODAY)
    before = track_record(context, "sales_won", as_of=date(2026, 7, 1))

    later = date(2026, 7, 2)
    add(
        context,
        *(
            closed(str(later + timedelta(days=n)), "won", 10**6, created_on="2026-07-01")
            for n in range(9)
        ),
        deal(created_on="2026-08-01", amount=10**7),
    )

    after = track_record(context, "sales_won", as_of=date(2026, 7, 1))
    assert after == before
    assert after.tried


def test_a_short_history_says_what_it_takes() -> None:
    weeks = 60
    lives = every_monday(TODAY - timedelta(weeks=weeks - 1), weeks)
    record = track_record(warehouse_with(*rows_of(lives, TODAY), today=TODAY), "sales_won")

    assert (record.tried, record.score) == ((), None)
    assert [str(note) for note in record.notes] == [
        "History is too short to try any: it takes a finished period with 4 others before it."
    ]


def test_few_landings_say_little_and_the_record_says_so() -> None:
    weeks = 100
    lives = every_monday(TODAY - timedelta(weeks=weeks - 1), weeks)
    record = track_record(warehouse_with(*rows_of(lives, TODAY), today=TODAY), "deals_won")

    assert record.score is not None
    (note,) = record.notes
    assert str(note) == f"Only {len(record.tried)} landings could be tried: that says little."


def test_other_kpis_and_other_currencies_have_no_record() -> None:
    context = mondays()
    assert str(track_record(context, "win_rate").unavailable) == (
        "Only what adds up from deals won has a landing that can be tried."
    )

    add(context, deal(created_on="2026-11-01", amount=10, currency="USD"))
    assert "USD" in str(track_record(context, "sales_won").unavailable)
    assert track_record(context, "deals_won").score is not None


def test_salespeople_see_the_companys_record() -> None:
    context = mondays()
    luc = context.by(Actor("Luc", scope=Scope(people=frozenset({"Luc"}))))

    assert track_record(luc, "sales_won") == track_record(context, "sales_won")


def test_before_the_first_export_amounts_are_those_it_tells() -> None:
    context = mondays()
    assert track_record(context, "sales_won").amounts_known == 0
    context.store.write(
        lambda cursor: cursor.execute("update deals set seen_from = created_on").fetchall()
    )

    record = track_record(context, "sales_won")

    assert record.amounts_known == 1
    assert record.notes == ()


def all_tried(context: Context, key: str, as_of: date) -> list[Tried]:
    """Return what was tried in quarters that begin in any month: three times as many."""
    found: list[Tried] = []
    for month in (1, 2, 3):
        settings = context.workspace.settings.model_copy(update={"fiscal_year_start": month})
        other = replace(context, workspace=replace(context.workspace, settings=settings))
        found += track_record(other, key, as_of=as_of).tried
    return found


def test_on_the_sample_company_it_beats_both_simple_ways() -> None:
    context = sample_context()

    for key in ("sales_won", "deals_won"):
        found = score(all_tried(context, key, TODAY))
        assert found.error < found.run_rate_error
        assert found.error < found.static_error
        assert 0.6 <= found.covered <= 0.95
        assert abs(found.bias) < found.came * Decimal("0.06")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """Return a company with the real export of a CRM: two years, until 1 June 2017."""
    files = [shared(f"salesforce/{name}.csv") for name in ("Opportunity", "OpportunityHistory")]
    root: Path = tmp_path_factory.mktemp("real")
    with workspace(root, country="US", province=None, currency="USD") as empty:
        context = replace(empty, day=date(2017, 6, 2), shipped_definitions=SHIPPED)
        for file in files:
            import_file(context, file, ImportRequest())
        yield context


def test_on_a_real_export_it_beats_both_simple_ways(real: Context) -> None:
    for key in ("sales_won", "deals_won"):
        found = score(all_tried(real, key, date(2017, 6, 1)))
        assert found.error < found.run_rate_error / 2
        assert found.error < found.static_error * Decimal("0.7")
        assert 0.7 <= found.covered <= 1
        assert abs(found.bias) < found.came * Decimal("0.08")


def test_on_a_real_export_the_quarter_has_a_range_and_a_handful_that_decides(real: Context) -> None:
    found = landing(real, "sales_won", as_of=date(2017, 5, 15)).outlook

    assert found is not None
    # counted in the files themselves: created by that day, closed after it or still open, and not
    # in a closed stage by their history
    assert found.count == 318
    assert found.closed < found.low < found.middle < found.high
    assert len(found.decisive) == 5


def test_a_record_is_a_value(real: Context) -> None:
    record = track_record(real, "sales_won", as_of=date(2017, 6, 1))

    assert isinstance(record, TrackRecord)
    assert record.currency == "USD"
    assert next(str(note) for note in record.notes) == (
        "Only 6 landings could be tried: that says little."
    )
