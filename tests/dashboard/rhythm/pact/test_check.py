from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.facts import LandingFacts, OutsideFacts, SlipFacts
from dashboard.rhythm.pact.model import Draft, Pact, Terms, Trigger
from dashboard.rhythm.pact.pacts import end_pact, list_events, write_pact
from dashboard.rhythm.pact.watch import Watch
from pipelines.context import Context
from pipelines.journal import What, changes_after, note
from pipelines.kpis.target import TargetRequest
from pipelines.kpis.targets import set_target
from pipelines.periods import Grain
from pipelines.store import Cursor
from tests.builders.warehouse import Row, add, closed, deal, imported, warehouse_with, weekly

#: Ten weeks of ten deals won, more or less, from 31 August on; then two of none.
STEADY = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10]


def agreed(context: Context, trigger: Trigger, day: str = "2026-09-01", **terms: object) -> Pact:
    draft = Draft(trigger, Terms(**terms), "call ten customers", "give a discount")  # type: ignore[arg-type]  # what each trigger needs
    return write_pact(context.on(date.fromisoformat(day)), draft)


def won(*, today: str, values: list[int]) -> Context:
    return warehouse_with(*weekly("2026-08-31", values), imported("deals", today), today=today)


def test_a_pact_fires_once_for_a_run_of_weeks_outside_the_limits() -> None:
    context = won(today="2026-11-23", values=[*STEADY, 0, 0])
    agreed(context, Trigger.OUTSIDE_LIMITS, kpi="deals_won")

    fired = check_pacts(context)

    (event,) = fired
    assert isinstance(event.facts, OutsideFacts)
    assert [start for start, _ in event.facts.weeks] == [date(2026, 11, 9), date(2026, 11, 16)]
    assert (event.fired_on, event.kept) == (date(2026, 11, 23), None)
    assert (event.said.decision, event.said.reflex) == ("call ten customers", "give a discount")
    assert check_pacts(context) == ()
    assert check_pacts(context.on(date(2026, 11, 25))) == ()
    assert list_events(context) == fired


def test_a_third_week_outside_is_the_same_pressure() -> None:
    context = won(today="2026-11-23", values=[*STEADY, 0, 0])
    agreed(context, Trigger.OUTSIDE_LIMITS, kpi="deals_won")
    check_pacts(context)
    add(context, imported("deals", "2026-11-30"))

    assert check_pacts(context.on(date(2026, 11, 30))) == ()


def test_looking_again_writes_nothing() -> None:
    context = won(today="2026-11-23", values=[*STEADY, 0, 0])
    agreed(context, Trigger.OUTSIDE_LIMITS, kpi="deals_won")
    check_pacts(context)
    before = context.store.version

    check_pacts(context)

    assert context.store.version == before


def test_a_pact_that_has_ended_does_not_fire() -> None:
    context = won(today="2026-11-23", values=[*STEADY, 0, 0])
    pact = agreed(context, Trigger.OUTSIDE_LIMITS, kpi="deals_won")
    end_pact(context.on(date(2026, 11, 20)), pact.pact_id, pact.version)

    assert check_pacts(context) == ()


def test_a_landing_is_measured_against_the_working_days_so_far() -> None:
    # October to December 2026 in Québec has 64 working days: 66 days from Monday to Friday, less
    # Thanksgiving (12 October) and Christmas; 21 in October and 10 by Friday 13 November
    context = warehouse_with(
        closed("2026-10-20", "won", 200_000),
        imported("deals", "2026-11-16"),
        today="2026-11-16",
        country="CA",
        province="QC",
    )
    set_target(context, TargetRequest("sales_won", 640_000, date(2026, 10, 1), per=Grain.QUARTER))
    agreed(context, Trigger.BELOW_TARGET, kpi="sales_won", grain=Grain.QUARTER, share=0.8)

    (event,) = check_pacts(context)

    assert isinstance(event.facts, LandingFacts)
    assert event.facts.actual == 200_000
    assert event.facts.aim == pytest.approx(310_000)
    assert event.facts.share == pytest.approx(20 / 31)
    assert event.subject == "2026-Q4"
    assert check_pacts(context.on(date(2026, 11, 30))) == ()


def test_a_landing_on_the_way_does_not_fire() -> None:
    context = warehouse_with(
        closed("2026-10-20", "won", 310_000),
        imported("deals", "2026-11-16"),
        today="2026-11-16",
        country="CA",
        province="QC",
    )
    set_target(context, TargetRequest("sales_won", 640_000, date(2026, 10, 1), per=Grain.QUARTER))
    agreed(context, Trigger.BELOW_TARGET, kpi="sales_won", grain=Grain.QUARTER, share=1.0)

    assert check_pacts(context) == ()


def followed(amount: float, *, was: str, now: str, seen: str, **values: str) -> tuple[Row, Row]:
    """Return a deal that an export showed with another date before."""
    known: dict[str, Any] = {"amount": amount, "name": "Comptoir", **values}
    present = deal(expected_close_on=now, seen_from=seen, **known)
    former = Row(
        "former_deals",
        {
            "source": "hubspot",
            "external_id": present.values["external_id"],
            "valid_from": "2026-10-01",
            "valid_to": seen,
            "status": "open",
            "amount": amount,
            "expected_close_on": was,
            "import_id": 1,
        },
    )
    return present, former


def test_a_large_deal_that_slips_makes_a_pact_fire_once_for_it() -> None:
    context = warehouse_with(
        *followed(60_000, was="2026-11-20", now="2026-12-18", seen="2026-11-09", owner="Zoé Côté"),
        *followed(20_000, was="2026-11-20", now="2026-12-18", seen="2026-11-09"),
        *followed(90_000, was="2026-12-18", now="2026-11-27", seen="2026-11-09"),  # earlier
        *followed(90_000, was="2026-11-20", now="2026-12-18", seen="2026-11-09", currency="USD"),
        imported("deals", "2026-11-13"),
        today="2026-11-16",
    )
    agreed(context, Trigger.DEAL_SLIPS, day="2026-11-02", amount=50_000.0)

    (event,) = check_pacts(context)

    assert isinstance(event.facts, SlipFacts)
    assert (event.facts.name, event.facts.owner) == ("Comptoir", "Zoé Côté")
    assert (event.facts.before, event.facts.expected) == (date(2026, 11, 20), date(2026, 12, 18))
    assert check_pacts(context.on(date(2026, 12, 21))) == ()


def test_a_deal_past_its_date_fires_when_a_file_still_holds_it_as_open() -> None:
    context = warehouse_with(
        deal(amount=60_000, expected_close_on="2026-11-12", seen_from="2026-10-01"),
        imported("deals", "2026-11-12"),
        today="2026-11-16",
    )
    agreed(context, Trigger.DEAL_SLIPS, day="2026-11-02", amount=50_000.0)

    assert check_pacts(context) == ()  # the newest file is of the day itself
    add(context, imported("deals", "2026-11-13"))
    assert len(check_pacts(context)) == 1


def test_the_last_weeks_of_a_quarter_fire_once_in_each() -> None:
    context = warehouse_with(today="2026-09-21")
    agreed(context, Trigger.QUARTER_ENDS, weeks=2)

    assert len(check_pacts(context)) == 1
    assert check_pacts(context.on(date(2026, 9, 28))) == ()
    assert len(check_pacts(context.on(date(2026, 12, 21)))) == 1


def test_two_pacts_fire_for_the_same_thing_each_in_its_own_name() -> None:
    context = warehouse_with(today="2026-12-21")
    agreed(context, Trigger.QUARTER_ENDS, weeks=2)
    agreed(context, Trigger.QUARTER_ENDS, weeks=4)

    assert [event.pact_id for event in check_pacts(context)] == [1, 2]


def test_what_fired_stands_in_the_journal_as_done_by_the_product() -> None:
    context = warehouse_with(today="2026-12-21")
    agreed(context, Trigger.QUARTER_ENDS, weeks=2)
    check_pacts(context)

    last = context.store.read(lambda cursor: changes_after(cursor, 0))[-1]

    assert (last.what, last.actor, last.subject) == (What.PACT_FIRED, None, "pact_event 1")
    assert last.after
    assert last.after["subject"] == "2026-Q4"


def test_while_the_product_runs_an_import_is_enough() -> None:
    context = warehouse_with(today="2026-12-21")
    with Watch(lambda: context):
        agreed(context, Trigger.QUARTER_ENDS, day="2026-12-21", weeks=2)

        def taken_in(cursor: Cursor) -> None:
            note(cursor, context.actor, What.IMPORT_DONE, "import 1", after={})

        context.store.write(taken_in)

    assert len(list_events(context)) == 1


def test_it_stops_looking_when_the_workspace_closes_and_says_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    context = warehouse_with(today="2026-12-21")
    watch = Watch(lambda: context)
    agreed(context, Trigger.QUARTER_ENDS, day="2026-12-21", weeks=2)

    context.store.close()
    watch.close()

    assert caplog.records == []


def test_two_looks_at_the_same_moment_write_it_down_once() -> None:
    context = warehouse_with(today="2026-12-21")
    agreed(context, Trigger.QUARTER_ENDS, weeks=2)

    with ThreadPoolExecutor(4) as looking:
        found = list(looking.map(lambda _: check_pacts(context), range(4)))

    assert sum(map(len, found)) == 1
    assert len(list_events(context)) == 1
