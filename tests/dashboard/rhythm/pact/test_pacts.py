from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.facts import SlipFacts
from dashboard.rhythm.pact.model import Draft, Record, Terms, Trigger, record
from dashboard.rhythm.pact.pacts import (
    answer,
    change_pact,
    end_pact,
    fired,
    list_events,
    list_pacts,
    records,
    write_pact,
)
from dashboard.rhythm.pact.words import Around, facts_words, record_words, trigger_words
from dashboard.text import LANGUAGES
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from pipelines.kpis.catalogue import catalogue
from pipelines.people.person import Details
from pipelines.people.register import add_person, change_person
from pipelines.periods import Calendar, Grain
from tests.builders.warehouse import SHIPPED, deal, imported, warehouse_with

LAST_WEEKS = Draft(
    Trigger.QUARTER_ENDS, Terms(weeks=2), "call ten customers", "give a discount to close"
)
ZOE = Actor("Zoé Côté", scope=Scope(frozenset({"Zoé Côté"}), margins=False))


def company(today: str = "2026-12-21") -> Context:
    return warehouse_with(today=today)


def week(context: Context, label: str) -> tuple[str, ...]:
    """Return what is shown to whoever looks at a week: the decision, and whether it asks."""
    found = fired(context, context.calendar.parse(label))
    return tuple(f"{one.event.said.decision}{'?' if one.asks else ''}" for one in found)


def test_a_pact_says_when_what_and_what_not() -> None:
    context = company()

    pact = write_pact(context, LAST_WEEKS)

    assert list_pacts(context) == (pact,)
    assert (pact.written_on, pact.ended_on, pact.version) == (date(2026, 12, 21), None, 1)
    assert pact.draft == LAST_WEEKS


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(Refused) as error:
        write_pact(company(), Draft(Trigger.BELOW_TARGET, Terms(kpi="nothing"), " ", "\n"))

    assert len(error.value.problems) == 5


@pytest.mark.parametrize(
    "draft",
    [
        Draft(Trigger.QUARTER_ENDS, Terms(weeks=0), "a", "b"),
        Draft(Trigger.QUARTER_ENDS, Terms(weeks=7), "a", "b"),
        Draft(Trigger.DEAL_SLIPS, Terms(amount=-1.0), "a", "b"),
        Draft(Trigger.DEAL_SLIPS, Terms(amount=float("nan")), "a", "b"),
        Draft(Trigger.DEAL_SLIPS, Terms(amount=float("inf")), "a", "b"),
        Draft(
            Trigger.BELOW_TARGET,
            Terms(kpi="sales_won", grain=Grain.QUARTER, share=80.0),
            "a",
            "b",
        ),
        Draft(Trigger.BELOW_TARGET, Terms(kpi="sales_won", grain=Grain.WEEK, share=0.8), "a", "b"),
        Draft(Trigger.OUTSIDE_LIMITS, Terms(), "a", "b"),
        Draft(Trigger.DEAL_SLIPS, Terms(amount=1.0), "a" * 301, "b"),
        Draft(Trigger.DEAL_SLIPS, Terms(amount=1.0), "a" * 100_000, "b"),
    ],
)
def test_what_makes_no_sense_is_refused(draft: Draft) -> None:
    with pytest.raises(Refused):
        write_pact(company(), draft)


def test_signs_that_nobody_sees_are_taken_out_and_markup_stays_text() -> None:
    draft = Draft(
        Trigger.QUARTER_ENDS, Terms(weeks=2), "call \u202e<b>them</b>\x00 🎉", "مرحبا\nno"
    )

    pact = write_pact(company(), draft)

    assert (pact.decision, pact.reflex) == ("call <b>them</b> 🎉", "مرحبا no")


def test_a_pact_that_somebody_else_changed_shows_both_texts() -> None:
    context = company().by(Actor("Louise Gagnon"))
    pact = write_pact(context, LAST_WEEKS)
    change_pact(context, pact.pact_id, 1, Draft(Trigger.QUARTER_ENDS, Terms(weeks=2), "A", "B"))

    with pytest.raises(Conflict) as error:
        change_pact(context, pact.pact_id, 1, Draft(Trigger.QUARTER_ENDS, Terms(weeks=2), "C", "D"))

    assert ("C" in str(error.value.mine), "A" in str(error.value.theirs)) == (True, True)
    assert (error.value.by, error.value.version) == ("Louise Gagnon", 2)
    assert list_pacts(context)[0].decision == "A"


def test_two_people_who_end_a_pact_end_it_once() -> None:
    context = company()
    pact = write_pact(context, LAST_WEEKS)

    with ThreadPoolExecutor(2) as both:
        ended = list(both.map(lambda _: end_pact(context, pact.pact_id, 1), range(2)))

    assert {one.version for one in ended} == {2}
    assert list_pacts(context)[0].ended_on == date(2026, 12, 21)


def test_a_fired_pact_is_shown_in_its_week_and_asked_about_from_the_next_one_on() -> None:
    context = company("2026-12-21")  # Monday of W52
    write_pact(context, LAST_WEEKS)
    check_pacts(context)

    assert week(context, "2026-W51") == ("call ten customers",)
    assert week(context, "2026-W50") == ()
    later = context.on(date(2026, 12, 28))
    assert week(later, "2026-W52") == ("call ten customers?",)
    assert week(later, "2026-W51") == ("call ten customers",)
    answer(later, 1, 1, kept=True)
    assert week(later, "2026-W52") == ()
    assert week(later, "2026-W51") == ("call ten customers",)


def test_what_a_pact_said_when_it_fired_stays_when_it_is_changed() -> None:
    context = company()
    pact = write_pact(context, LAST_WEEKS)
    check_pacts(context)
    change_pact(context, pact.pact_id, 1, Draft(Trigger.QUARTER_ENDS, Terms(weeks=2), "A", "B"))

    assert list_events(context)[0].said.decision == "call ten customers"


def test_whether_it_was_kept_is_recorded_with_who_said_so_and_may_be_corrected() -> None:
    context = company()
    write_pact(context, LAST_WEEKS)
    check_pacts(context)
    said = answer(context.by(ZOE), 1, 1, kept=False, remark="one discount,\n5 %")

    assert (said.kept, said.note, said.answered_by) == (False, "one discount, 5 %", "Zoé Côté")
    assert said.answered_on == date(2026, 12, 21)
    assert answer(context, 1, said.version, kept=True).kept is True


def test_two_different_answers_are_a_conflict_and_the_same_one_twice_is_none() -> None:
    context = company()
    write_pact(context, LAST_WEEKS)
    check_pacts(context)
    answer(context, 1, 1, kept=True)

    assert answer(context, 1, 1, kept=True).version == 2
    with pytest.raises(Conflict):
        answer(context, 1, 1, kept=False)


def test_a_record_reads_kept_three_of_four() -> None:
    context = warehouse_with(today="2026-01-01")
    write_pact(context, LAST_WEEKS)
    for day, kept in (
        ("2026-03-23", True),
        ("2026-06-22", True),
        ("2026-09-21", False),
        ("2026-12-21", True),
    ):
        (event,) = check_pacts(context.on(date.fromisoformat(day)))
        answer(context, event.event_id, 1, kept=kept)

    found = record(list_events(context))

    assert found == Record(kept=3, answered=4, open=0)
    assert record_words(found, "en") == "Kept 3 times out of 4."
    assert record_words(Record(0, 0, 0), "en") == "Not needed so far."
    assert record_words(Record(1, 1, 1), "en") == "Kept 1 time out of 1. 1 answer is missing."


def test_a_salesperson_sees_the_slips_of_their_own_deals_only() -> None:
    context = warehouse_with(
        deal(
            amount=60_000, expected_close_on="2026-11-12", seen_from="2026-10-01", owner="Zoé Côté"
        ),
        deal(amount=60_000, expected_close_on="2026-11-12", seen_from="2026-10-01", owner="Marc"),
        imported("deals", "2026-11-20"),
        today="2026-11-23",
    )
    write_pact(
        context.on(date(2026, 11, 2)), Draft(Trigger.DEAL_SLIPS, Terms(amount=50_000.0), "a", "b")
    )
    check_pacts(context)

    mine = list_events(context.by(ZOE))

    assert [one.facts.owner for one in mine if isinstance(one.facts, SlipFacts)] == ["Zoé Côté"]
    assert len(list_events(context)) == 2
    assert records(context.by(ZOE)) == {1: Record(open=2)}  # the team's, without the deals
    theirs = next(one for one in list_events(context) if one not in mine)
    with pytest.raises(Refused):
        answer(context.by(ZOE), theirs.event_id, 1, kept=True)


def test_a_pact_about_margins_does_not_exist_for_those_who_may_not_see_them() -> None:
    context = company()
    terms = Terms(kpi="gross_margin_rate")
    pact = write_pact(context, Draft(Trigger.OUTSIDE_LIMITS, terms, "a", "b"))

    assert list_pacts(context.by(ZOE)) == ()
    with pytest.raises(Refused, match="There is no pact"):
        end_pact(context.by(ZOE), pact.pact_id, 1)
    with pytest.raises(Refused):
        write_pact(context.by(ZOE), Draft(Trigger.OUTSIDE_LIMITS, terms, "a", "b"))


def test_somebody_who_changes_their_name_has_answered_under_the_new_one() -> None:
    context = company()
    person = add_person(context, Details("Zoé Côté"))
    write_pact(context, LAST_WEEKS)
    check_pacts(context)
    answer(context.by(ZOE), 1, 1, kept=True)
    change_person(context, person.person_id, person.version, Details("Zoé Roy"))

    assert list_events(context)[0].answered_by == "Zoé Roy"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trigger_has_words_in_every_language(language: str) -> None:
    around = Around(SHIPPED, Calendar(), "CAD", language)  # type: ignore[arg-type]  # from the list of languages
    terms = Terms("sales_won", Grain.MONTH, 0.8, 50_000.0, 2)

    said = [trigger_words(trigger, terms, around) for trigger in Trigger]

    assert len(set(said)) == 4
    assert all(said)


def test_the_facts_of_a_slip_name_the_deal_its_owner_and_both_dates() -> None:
    facts = SlipFacts(
        "hubspot", "7", "Comptoir", "Zoé", 60_000.0, date(2026, 11, 20), date(2026, 12, 18)
    )
    around = Around(catalogue(company()), Calendar(), "CAD", "en")

    assert (
        facts_words(facts, around)
        == "Comptoir (Zoé, $60,000): moved from Nov 20, 2026 to Dec 18, 2026."
    )
