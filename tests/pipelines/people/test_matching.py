"""Names that may mean one person are proposed with what speaks for it, and never joined."""

import pytest

from pipelines.people.matching import Proposal, proposals
from pipelines.people.person import Person


def person(number: int, name: str, email: str | None = None, *, active: bool = True) -> Person:
    return Person(number, name, email, None, None, None, active, 1)


def people(*names: str) -> list[Person]:
    return [person(number, name) for number, name in enumerate(names, 1)]


def pairs(found: tuple[Proposal, ...]) -> list[tuple[str, str]]:
    return [(one.person.name, one.other.name) for one in found]


def said(proposal: Proposal) -> str:
    return " ".join(str(sentence) for sentence in proposal.evidence)


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("marie tremblay", "capitals"),
        ("MARIE TREMBLAY", "capitals"),
        ("Tremblay, Marie", "order"),
        ("Tremblay Marie", "another order"),
        ("M. Tremblay", "initial"),
        ("Tremblay M.", "initial"),
        ("mtremblay", "user name"),
        ("tremblaym", "user name"),
        ("Marie.Tremblay", "capitals"),
        ("marietremblay", "user name"),
        ("marie.tremblay@erable.example", "capitals"),
    ],
)
def test_a_name_written_otherwise_is_proposed_with_the_reason(written: str, because: str) -> None:
    (found,) = proposals(people("Marie Tremblay", written, "Luc Gagnon"))

    assert (found.person.name, found.other.name) == ("Marie Tremblay", written)
    assert because in said(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoé Bélanger", "Zoe Belanger"),
        ("Marc-André Côté", "M.-A. Cote"),
        ("Marc-André Côté", "Marc Andre Cote"),
        ("Marc-André Côté", "M. Côté"),
        ("François Lefèvre", "FRANCOIS LEFEVRE"),
        ("Jörg Groß", "Jorg Gross"),
        ("Łukasz Nowak", "Nowak Łukasz"),
        ("Анна Иванова", "Иванова Анна"),
        ("Jean-Pierre Roy", "jproy"),
    ],
)
def test_accents_hyphens_and_other_scripts_are_understood(one: str, other: str) -> None:
    assert pairs(proposals(people(one, other))) == [(one, other)]


def test_the_address_of_somebody_speaks_for_a_user_name() -> None:
    (found,) = proposals(
        [person(1, "Marie Tremblay"), person(2, "MT", "marie.tremblay@erable.example")]
    )

    assert (found.person.name, found.other.name) == ("Marie Tremblay", "MT")
    assert "marie.tremblay@erable.example" in said(found)


def test_the_same_address_speaks_for_one_person() -> None:
    (found,) = proposals(
        [person(1, "Marie Tremblay", "mt@erable.example"), person(2, "Mimi", "MT@erable.example")]
    )

    assert "Both have the address" in said(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marie Tremblay", "Marc Tremblay"),
        ("Marie Tremblay", "Marie Gagnon"),
        ("Marie Tremblay", "Tremblay"),
        ("M. Tremblay", "L. Tremblay"),
        ("Équipe Est", "Équipe Ouest"),
        ("A", "B"),
        ("—", "…"),
    ],
)
def test_two_people_are_not_taken_for_one(one: str, other: str) -> None:
    assert proposals(people(one, other)) == ()


def test_the_fuller_name_is_the_one_to_keep_whoever_came_first() -> None:
    names = ("mtremblay", "M. Tremblay", "Tremblay, Marie", "MARIE TREMBLAY", "Marie Tremblay")

    kept = {
        found.person.name
        for found in proposals(people(*names))
        if "Marie Tremblay" in {found.person.name, found.other.name}
    }

    assert kept == {"Marie Tremblay"}


def test_an_initial_that_fits_two_people_is_proposed_for_both() -> None:
    found = proposals(people("Marc Tremblay", "Marie Tremblay", "M. Tremblay"))

    assert pairs(found) == [("Marc Tremblay", "M. Tremblay"), ("Marie Tremblay", "M. Tremblay")]


def test_who_was_told_apart_is_not_proposed_again() -> None:
    assert (
        proposals(people("Marie Tremblay", "M. Tremblay"), {("M. Tremblay", "Marie Tremblay")})
        == ()
    )


def test_somebody_still_there_is_kept_before_somebody_who_left() -> None:
    (found,) = proposals([person(1, "Marie Tremblay", active=False), person(2, "M. Tremblay")])

    assert found.person.name == "M. Tremblay"


def test_five_hundred_people_are_compared_in_no_time() -> None:
    names = [f"Anne{number} Roy{number % 50}" for number in range(500)]

    assert proposals(people(*names)) == ()
