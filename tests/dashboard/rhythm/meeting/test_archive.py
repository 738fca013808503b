from datetime import date

import pytest

from dashboard.rhythm import actions
from dashboard.rhythm.improve.practices import add_practice
from dashboard.rhythm.meeting import (
    agenda,
    blockers,
    closing,
    deciding,
    noting,
    preparing,
    running,
    wins,
)
from dashboard.rhythm.meeting.archive import Said, search
from pipelines.context import Context
from tests.builders.meetings import TEAM, ZOE, company, started, understood

FRIDAY = date(2026, 11, 20)


def quarter() -> Context:
    """Return a company with two meetings that speak of prices."""
    context = company(today="2026-11-10")
    first = started(context)
    noting.save_note(context, first, "section 2", "Les prix de la GAMME Érable ont monté", 0)
    blocker = understood(context, first, "Prix de la gamme Érable")
    deciding.decide(
        context, first, "Liste de prix chaque lundi", "Luc Paré", FRIDAY, blocker_id=blocker
    )
    closing.close(context, first)
    later = context.on(date(2026, 11, 17))
    second = preparing.plan_meeting(later, invited=TEAM).meeting_id
    running.start(later, second)
    agenda.add_item(later, second, "Les prix de nos concurrents")
    deciding.new_action(later, second, "Afficher les prix à l’accueil", "Luc Paré", FRIDAY)
    wins.add_win(later, second, "Érable a signé au nouveau prix", "Zoé Côté")
    deciding.decide(later, second, "Aucun rabais sous le prix de liste", "Zoé Côté", FRIDAY)
    add_practice(later, "Donner le prix avant la visite", "Un prix par courriel")
    return later


def test_what_was_decided_about_something_is_found_newest_first() -> None:
    found = [one for one in search(quarter(), "prix") if one.kind is Said.DECISION]

    assert [(one.title, one.said_on) for one in found] == [
        ("Aucun rabais sous le prix de liste", date(2026, 11, 17)),
        ("Liste de prix chaque lundi", date(2026, 11, 10)),
    ]


def test_it_is_found_wherever_it_was_said() -> None:
    found = search(quarter(), "prix")

    assert {one.kind for one in found} == set(Said)
    days = [one.said_on for one in found]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("words", ["érable", "ERABLE", "  Erable ", "gamme érable", "erable GAMME"])
def test_accents_capitals_and_the_order_of_words_do_not_matter(words: str) -> None:
    found = search(quarter(), words)

    assert ("decision", "Liste de prix chaque lundi") in {(one.kind, one.title) for one in found}


def test_an_action_agreed_in_a_meeting_is_found_by_its_words_and_by_whose_it_is() -> None:
    context = company()
    number = started(context)
    new = deciding.new_action(context, number, "Rappeler la soumission 1042", "Luc Paré", FRIDAY)

    for words in ("1042", "soumission luc", "RAPPELER pare"):
        (found,) = search(context, words)
        assert (found.kind, found.title, found.text) == (Said.ACTION, new.title, "Luc Paré")
        assert (found.meeting_id, found.subject_id) == (number, new.action_id)


def test_a_commitment_is_found_as_the_minutes_have_it_once_and_not_beside_its_decision() -> None:
    context = company(today="2026-11-10")
    promised = actions.add_action(context, "Visiter le Cégep", "Zoé Côté", FRIDAY)
    deciding.decide(context, (first := started(context)), "Un cégep par mois", "Marc Roy", FRIDAY)
    closing.close(context, first)
    later = context.on(date(2026, 11, 17))
    second = preparing.plan_meeting(later, invited=TEAM).meeting_id
    running.start(later, second)
    closing.close(later, second)
    actions.rename(later, promised.action_id, promised.version, "Écrire à l’école")

    found = [(one.kind, one.title, one.meeting_id) for one in search(later, "cegep")]

    assert found == [
        (Said.ACTION, "Visiter le Cégep", second),
        (Said.DECISION, "Un cégep par mois", first),
    ]


def test_an_action_of_a_meeting_somebody_took_no_part_in_is_not_found_by_them() -> None:
    context = company()
    number = preparing.plan_meeting(context, invited=["Marc Roy", "Luc Paré"]).meeting_id
    running.start(context, number)
    deciding.new_action(context, number, "Rappeler la soumission 1042", "Luc Paré", FRIDAY)

    assert len(search(context, "1042")) == 1
    assert search(context.by(ZOE), "1042") == ()


def test_all_words_have_to_occur() -> None:
    assert search(quarter(), "prix hydro") == ()


def test_a_decision_is_found_by_the_kpi_it_is_about_in_any_language() -> None:
    context = company()
    number = started(context)
    deciding.decide(context, number, "Ask why, every time", "Zoé Côté", FRIDAY, kpi="win_rate")

    assert [one.title for one in search(context, "win rate")] == ["Ask why, every time"]
    assert [one.title for one in search(context, "taux transformation")] == ["Ask why, every time"]


def test_a_kpi_about_margins_finds_nothing_for_those_who_may_not_see_them() -> None:
    context = company()
    number = started(context)
    blockers.make_blocker(context, number, title="Too cheap", kpi="gross_margin_rate")

    assert [one.title for one in search(context, "gross margin")] == ["Too cheap"]
    assert search(context.by(ZOE), "gross margin") == ()


@pytest.mark.parametrize("words", ["", "  \n", "'; drop table decisions; --", "%", "_", "\\"])
def test_signs_are_looked_for_as_they_are(words: str) -> None:
    context = quarter()

    assert search(context, words) == ()
    assert search(context, "prix")


def test_a_question_of_100000_words_is_answered_too() -> None:
    assert search(quarter(), "prix " * 100_000)
