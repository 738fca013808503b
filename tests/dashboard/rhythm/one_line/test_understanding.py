"""What people type in one line. Today is Monday, 16 November 2026, in Québec.

Mo Tu We Th Fr Sa Su         Mo Tu We Th Fr Sa Su
16 17 18 19 20 21 22 Nov     30  1  2  3  4  5  6 Dec
23 24 25 26 27 28 29          7  8  9 10 11 12 13
"""

from datetime import date

import pytest

from dashboard.rhythm.one_line import Known, Part, Understood, understand
from dashboard.text import LANGUAGES, Language, render
from pipelines.workdays import working_days

TODAY = date(2026, 11, 16)
PEOPLE = (
    "Louise Gagnon",
    "Luc Paré",
    "Marc Lavoie",
    "Marc Tremblay",
    "Marie-Ève Roy",
    "Sam Roy",
    "Zoé Côté",
)
KNOWN = Known(
    TODAY,
    PEOPLE,
    "Louise Gagnon",
    working=working_days("CA", "QC"),
    meeting=date(2026, 11, 24),
)

NOV, DEC = 11, 12

#: language, line, title, owner, month and day of the date (in 2026)
LINES: list[tuple[Language, str, str, str | None, tuple[int, int] | None]] = [
    # the three parts, in any order
    (
        "fr",
        "relancer le devis 1042, Luc, vendredi",
        "relancer le devis 1042",
        "Luc Paré",
        (NOV, 20),
    ),
    (
        "fr",
        "relancer le devis 1042, responsable, vendredi",
        "relancer le devis 1042",
        None,
        (NOV, 20),
    ),
    ("en", "call back quote 1042, Luc, next Friday", "call back quote 1042", "Luc Paré", (NOV, 20)),
    ("fr", "vendredi, Luc, relancer le devis", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("fr", "Luc, relancer le devis, vendredi", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("fr", "relancer le devis - Luc - vendredi", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("fr", "relancer le devis ; Luc ; vendredi.", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("fr", "Luc : relancer le devis, vendredi", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("fr", "relancer le devis, Luc vendredi", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("fr", "relancer le devis (Luc) avant vendredi", "relancer le devis", "Luc Paré", (NOV, 20)),
    ("en", "check the prices @luc by Friday", "check the prices", "Luc Paré", (NOV, 20)),
    ("fr", "vérifier les prix par Luc d’ici demain", "vérifier les prix", "Luc Paré", (NOV, 17)),
    ("fr", "offrir un essai, pour Luc, pour vendredi", "offrir un essai", "Luc Paré", (NOV, 20)),
    ("en", "send samples, owner: Luc, due Friday", "send samples", "Luc Paré", (NOV, 20)),
    ("fr", "revoir le prix, resp. Luc, éch. lundi", "revoir le prix", "Luc Paré", (NOV, 23)),
    ("fr", "demain appeler Dupont, Luc", "appeler Dupont", "Luc Paré", (NOV, 17)),
    # who
    ("fr", "appeler Dupont, zoe cote, lundi", "appeler Dupont", "Zoé Côté", (NOV, 23)),
    ("fr", "appeler Dupont, ZOÉ, lundi", "appeler Dupont", "Zoé Côté", (NOV, 23)),
    ("fr", "appeler Dupont, ZC, lundi", "appeler Dupont", "Zoé Côté", (NOV, 23)),
    ("fr", "appeler Dupont, Z.C., lundi", "appeler Dupont", "Zoé Côté", (NOV, 23)),
    ("fr", "appeler Dupont, Marc T., lundi", "appeler Dupont", "Marc Tremblay", (NOV, 23)),
    ("fr", "appeler Dupont, Lavoie, lundi", "appeler Dupont", "Marc Lavoie", (NOV, 23)),
    ("fr", "appeler Dupont, marie eve, lundi", "appeler Dupont", "Marie-Ève Roy", (NOV, 23)),
    ("fr", "appeler Dupont, moi, lundi", "appeler Dupont", "Louise Gagnon", (NOV, 23)),
    ("en", "call Dupont, me, Monday", "call Dupont", "Louise Gagnon", (NOV, 23)),
    ("fr", "appeler Dupont, Marc, lundi", "appeler Dupont", None, (NOV, 23)),
    ("fr", "appeler Dupont, Roy, lundi", "appeler Dupont", None, (NOV, 23)),
    # of several, one is to be chosen: what was typed stays
    (
        "fr",
        "appeler Dupont, Luc et Zoé, lundi",
        "appeler Dupont, Luc et Zoé",
        None,
        (NOV, 23),
    ),
    (
        "fr",
        "préparer le 5 à 7, Luc et Zoé, le 3 décembre",
        "préparer le 5 à 7, Luc et Zoé",
        None,
        (DEC, 3),
    ),
    ("fr", "appeler Dupont, Luc ou Zoé, lundi", "appeler Dupont, Luc ou Zoé", None, (NOV, 23)),
    ("fr", "Luc, Zoé, appeler Dupont, lundi", "Luc, Zoé, appeler Dupont", None, (NOV, 23)),
    # an initial before the family name
    ("fr", "appeler Dupont, L. Paré, lundi", "appeler Dupont", "Luc Paré", (NOV, 23)),
    ("fr", "appeler Dupont, z cote, lundi", "appeler Dupont", "Zoé Côté", (NOV, 23)),
    # somebody does something
    ("fr", "Zoé rappelle Dupont demain matin", "rappelle Dupont", "Zoé Côté", (NOV, 17)),
    ("fr", "Luc doit appeler Dupont lundi", "appeler Dupont", "Luc Paré", (NOV, 23)),
    ("en", "Luc calls Dupont on Monday", "calls Dupont", "Luc Paré", (NOV, 23)),
    ("fr", "Zoé et fils à relancer, Luc, lundi", "Zoé et fils à relancer", "Luc Paré", (NOV, 23)),
    (
        "fr",
        "Zoé et Luc préparent le salon, lundi",
        "Zoé et Luc préparent le salon",
        None,
        (NOV, 23),
    ),
    # a day in the middle that says when
    (
        "fr",
        "appeler Dupont le 1er décembre à 14 h avec Zoé",
        "appeler Dupont avec Zoé",
        None,
        (DEC, 1),
    ),
    (
        "fr",
        "relancer dans deux semaines le devis 1042, Luc",
        "relancer le devis 1042",
        "Luc Paré",
        (NOV, 30),
    ),
    (
        "fr",
        "réserver le 5 à 7 du club, Luc, lundi",
        "réserver le 5 à 7 du club",
        "Luc Paré",
        (NOV, 23),
    ),
    # yesterday, and one of two days
    ("fr", "appeler Dupont, Luc, hier", "appeler Dupont", "Luc Paré", (NOV, 15)),
    ("en", "call Dupont, Luc, yesterday", "call Dupont", "Luc Paré", (NOV, 15)),
    (
        "fr",
        "appeler Dupont, vendredi ou lundi, Luc",
        "appeler Dupont, vendredi ou lundi",
        "Luc Paré",
        None,
    ),
    ("fr", "appeler Dupont, Bob, lundi", "appeler Dupont, Bob", None, (NOV, 23)),
    ("fr", "appeler Dupont, responsable : Bob, lundi", "appeler Dupont", None, (NOV, 23)),
    ("fr", "appeler Marc lundi", "appeler Marc", None, (NOV, 23)),
    ("fr", "relancer Dupont, sam, lundi", "relancer Dupont", "Sam Roy", (NOV, 23)),
    # when, in French
    ("fr", "relire, Luc, avant le 12 décembre", "relire", "Luc Paré", (DEC, 12)),
    ("fr", "relire, Luc, d'ici mardi prochain", "relire", "Luc Paré", (NOV, 17)),
    ("fr", "relire, Luc, lundi", "relire", "Luc Paré", (NOV, 23)),  # today is one, and is "today"
    ("fr", "relire, Luc, ce lundi", "relire", "Luc Paré", (NOV, 16)),
    ("fr", "relire, Luc, aujourd’hui", "relire", "Luc Paré", (NOV, 16)),
    ("fr", "relire, Luc, après-demain", "relire", "Luc Paré", (NOV, 18)),
    ("fr", "relire, Luc, mardi en huit", "relire", "Luc Paré", (NOV, 24)),
    ("fr", "relire, Luc, vendredi de la semaine prochaine", "relire", "Luc Paré", (NOV, 27)),
    ("fr", "relire, Luc, la semaine prochaine", "relire", "Luc Paré", (NOV, 27)),
    ("fr", "relire, Luc, fin du mois", "relire", "Luc Paré", (NOV, 30)),
    ("fr", "relire, Luc, fin décembre", "relire", "Luc Paré", (DEC, 31)),
    ("fr", "relire, Luc, mi-décembre", "relire", "Luc Paré", (DEC, 15)),
    ("fr", "relire, Luc, le 1er décembre", "relire", "Luc Paré", (DEC, 1)),
    ("fr", "relire, Luc, ven. 4 déc. 2026", "relire", "Luc Paré", (DEC, 4)),
    ("fr", "relire, Luc, vendredi, 4 décembre", "relire", "Luc Paré", (DEC, 4)),
    ("fr", "relire, Luc, le 12", "relire", "Luc Paré", (DEC, 12)),
    ("fr", "relire, Luc, dans deux semaines", "relire", "Luc Paré", (NOV, 30)),
    ("fr", "relire, Luc, dans 10 jours", "relire", "Luc Paré", (NOV, 26)),
    ("fr", "relire, Luc, dans quinze jours", "relire", "Luc Paré", (NOV, 30)),
    ("fr", "relire, Luc, sous huitaine", "relire", "Luc Paré", (NOV, 23)),
    ("fr", "relire, Luc, dans 5 jours ouvrables", "relire", "Luc Paré", (NOV, 23)),
    ("fr", "relire, Luc, dans un mois", "relire", "Luc Paré", (DEC, 16)),
    ("fr", "relire, Luc, S49", "relire", "Luc Paré", (DEC, 4)),
    ("fr", "relire, Luc, la semaine du 7 décembre", "relire", "Luc Paré", (DEC, 11)),
    ("fr", "relire, Luc, d'ici la prochaine réunion", "relire", "Luc Paré", (NOV, 24)),
    ("fr", "relire, Luc, au plus tard jeudi", "relire", "Luc Paré", (NOV, 19)),
    ("fr", "relire, Luc, fin de semaine", "relire", "Luc Paré", (NOV, 20)),
    ("fr_CA", "relire, Luc, en fin de semaine", "relire", "Luc Paré", (NOV, 21)),  # the weekend
    ("fr_CA", "relire, Luc, d'ici la fin de la semaine", "relire", "Luc Paré", (NOV, 20)),
    # and in English
    ("en", "reread, Luc, tomorrow", "reread", "Luc Paré", (NOV, 17)),
    ("en", "reread, Luc, the day after tomorrow", "reread", "Luc Paré", (NOV, 18)),
    ("en", "reread, Luc, in two weeks", "reread", "Luc Paré", (NOV, 30)),
    ("en", "reread, Luc, two weeks from today", "reread", "Luc Paré", (NOV, 30)),
    ("en", "reread, Luc, a week from Friday", "reread", "Luc Paré", (NOV, 27)),
    ("en", "reread, Luc, Friday next week", "reread", "Luc Paré", (NOV, 27)),
    ("en", "reread, Luc, by end of month", "reread", "Luc Paré", (NOV, 30)),
    ("en", "reread, Luc, December 4th, 2026", "reread", "Luc Paré", (DEC, 4)),
    ("en", "reread, Luc, Friday, December 4", "reread", "Luc Paré", (DEC, 4)),
    ("en", "reread, Luc, no later than the 12th", "reread", "Luc Paré", (DEC, 12)),
    ("en", "reread, Luc, in 3 business days", "reread", "Luc Paré", (NOV, 19)),
    # figures: day and month as each language writes them
    ("fr", "relire, Luc, le 3/12", "relire", "Luc Paré", (DEC, 3)),
    ("fr_CA", "relire, Luc, le 3/12", "relire", "Luc Paré", (DEC, 3)),
    ("fr_CA", "relire, Luc, 2026-12-03", "relire", "Luc Paré", (DEC, 3)),
    ("fr", "relire, Luc, 03/12/2026", "relire", "Luc Paré", (DEC, 3)),
    ("fr", "relire, Luc, 3.12.2026", "relire", "Luc Paré", (DEC, 3)),
    ("en", "reread, Luc, 12/3", "reread", "Luc Paré", (DEC, 3)),
    ("en", "reread, Luc, 25/12", "reread", "Luc Paré", (DEC, 25)),  # no month 25
    # what looks like a day or a name inside the title is part of it
    ("fr", "préparer 3 rendez-vous, Luc", "préparer 3 rendez-vous", "Luc Paré", None),
    (
        "fr",
        "préparer la réunion de vendredi, Luc",
        "préparer la réunion de vendredi",
        "Luc Paré",
        None,
    ),
    ("fr", "relancer 2/3 des clients, Luc", "relancer 2/3 des clients", "Luc Paré", None),
    (
        "fr",
        "relancer les offres de mars, Luc, lundi",
        "relancer les offres de mars",
        "Luc Paré",
        (NOV, 23),
    ),
    ("en", "send Monday's figures, Luc, Friday", "send Monday's figures", "Luc Paré", (NOV, 20)),
    ("fr", "préparer la semaine prochaine", "préparer la semaine prochaine", None, None),
    (
        "fr",
        "appeler Dupont, Caron et Roy & fils, Luc, lundi",
        "appeler Dupont, Caron et Roy & fils",
        "Luc Paré",
        (NOV, 23),
    ),
    # no day, or none that can be told
    ("fr", "relire, Luc, dès que possible", "relire", "Luc Paré", None),
    ("fr", "relire, Luc, début décembre", "relire", "Luc Paré", None),
    ("fr", "relire, Luc, le 31 février", "relire", "Luc Paré", None),
    ("fr", "relire, Luc, tous les vendredi", "relire", "Luc Paré", None),
    ("en", "reread, Luc, every Friday", "reread", "Luc Paré", None),
    ("fr", "relire, Luc, lundi, 3 décembre 2026, Luc, mardi", "relire", "Luc Paré", None),
    ("fr", "Luc, vendredi", "", "Luc Paré", (NOV, 20)),
    ("fr", "", "", None, None),
]


def told(line: str, language: Language = "fr", known: Known = KNOWN) -> tuple[Understood, str]:
    understood = understand(line, known, language)
    return understood, "\n".join(render(problem, "en") for problem in understood.problems)


@pytest.mark.parametrize(("language", "line", "title", "owner", "due"), LINES)
def test_a_line_is_taken_apart(
    language: Language,
    line: str,
    title: str,
    owner: str | None,
    due: tuple[int, int] | None,
) -> None:
    understood, _ = told(line, language)

    assert understood.title == title
    assert understood.owner == owner
    assert understood.due_on == (date(2026, *due) if due else None)


@pytest.mark.parametrize("row", LINES)
def test_whatever_is_missing_is_asked_for(
    row: tuple[Language, str, str, str | None, tuple[int, int] | None],
) -> None:
    language, line, title, *_ = row
    understood, said = told(line, language)

    assert ("no title" in said) == (not title)
    assert (understood.owner is None) == any(
        words in said for words in ("Nobody is responsible", "may be several", "Several people")
    )
    asked = ("date is missing", "not one day", "no such day", "again and again", "Several days")
    assert (understood.due_on is None) == any(words in said for words in asked)
    for language_read in LANGUAGES:
        assert all(render(problem, language_read) for problem in understood.problems)


def test_a_day_without_a_year_is_the_next_one_unless_it_has_just_been() -> None:
    assert told("relire, Luc, le 3 février")[0].due_on == date(2027, 2, 3)
    just_been, said = told("relire, Luc, le 3/10")
    assert just_been.due_on == date(2026, 10, 3)
    assert "Oct 3, 2026 is in the past" in said
    assert just_been.days == (date(2026, 11, 17),)


def test_a_day_on_which_nobody_works_is_kept_and_said_and_the_next_one_proposed() -> None:
    holiday, said = told("relire, Luc, 25 décembre")  # Christmas is a Friday in 2026
    assert (holiday.due_on, holiday.days) == (date(2026, 12, 25), (date(2026, 12, 28),))
    assert "Nobody works on Dec 25, 2026" in said
    assert "The next working day is Dec 28, 2026" in said

    weekend, said = told("relire, Luc, avant le 12 décembre")
    assert (weekend.due_on, weekend.days) == (date(2026, 12, 12), (date(2026, 12, 14),))
    assert "Nobody works on Dec 12, 2026" in said


def test_several_people_of_one_name_are_listed_and_nobody_is_chosen() -> None:
    understood, said = told("relancer, Marc, vendredi")

    assert understood.owner is None
    assert understood.people == ("Marc Lavoie", "Marc Tremblay")
    assert "“Marc” may be several people: Marc Lavoie and Marc Tremblay" in said


def test_two_people_are_one_too_many() -> None:
    for line in ("relancer, Luc et Zoé, lundi", "relancer, Luc, Zoé, lundi", "x, Luc/Zoé, lundi"):
        understood, said = told(line)
        assert (understood.owner, understood.people) == (None, ("Luc Paré", "Zoé Côté"))
        assert "Several people are named" in said


def test_two_days_are_one_too_many() -> None:
    understood, said = told("relancer, Luc, lundi, jeudi")

    assert understood.due_on is None
    assert understood.days == (date(2026, 11, 23), date(2026, 11, 19))
    assert "Several days are named" in said


def test_next_friday_is_the_one_that_comes_and_the_other_reading_is_offered() -> None:
    understood, said = told("call back quote 1042, Luc, next Friday", "en")

    assert understood.days == (date(2026, 11, 27),)
    assert "“next Friday” may also mean Nov 27, 2026" in said
    # seen from Friday the 20th, next Tuesday can only be the 24th
    friday = Known(date(2026, 11, 20), PEOPLE, None, KNOWN.working)
    later, said = told("relancer, Luc, mardi prochain", known=friday)
    assert (later.due_on, later.days, said) == (date(2026, 11, 24), (), "")


def test_figures_that_english_reads_in_two_ways_offer_the_other_one() -> None:
    understood, said = told("reread, Luc, 3/12", "en")

    assert understood.due_on == date(2027, 3, 12)
    assert date(2026, 12, 3) in understood.days
    assert "may also mean Dec 3, 2026" in said


def test_a_weekday_that_does_not_go_with_its_date_is_said() -> None:
    understood, said = told("relire, Luc, vendredi 3 décembre")  # a Thursday

    assert understood.due_on == date(2026, 12, 3)
    assert "do not go together" in said


def test_a_time_of_day_is_not_kept_and_that_is_said() -> None:
    for line in ("relire, Luc, vendredi à 14 h 30", "reread, Luc, Friday at 2pm"):
        understood, said = told(line)
        assert (understood.title[:2], understood.due_on) == ("re", date(2026, 11, 20))
        assert "time" in said


def test_what_was_read_as_what_is_told_in_the_order_of_the_line() -> None:
    understood, _ = told("relancer, d’ici vendredi, zoe")

    assert [(one.part, one.written, one.meant) for one in understood.read] == [
        (Part.DAY, "d’ici vendredi", date(2026, 11, 20)),
        (Part.OWNER, "zoe", "Zoé Côté"),
    ]


def test_me_means_whoever_types_and_nobody_where_that_is_not_known() -> None:
    stranger = Known(TODAY, PEOPLE, None, KNOWN.working)
    understood, said = told("appeler, moi, lundi", known=stranger)

    assert understood.owner is None
    assert "“moi” means nobody here" in said


def test_a_name_that_nobody_has_is_said_and_not_lost() -> None:
    assert "“Bob” is nobody's name here: it stays in the title" in told("relire, Bob, lundi")[1]
    assert "Nobody here is called “Bob”" in told("relire, responsable Bob, lundi")[1]


def test_a_pasted_text_stays_whole_and_is_said_to_be_too_long() -> None:
    text = "vendredi, Luc, " * 6_700
    understood, said = told(text)

    assert understood.title == text.strip()
    assert "too long: 100,499 characters" in said


def test_signs_from_anywhere_change_nothing_but_themselves() -> None:
    understood, _ = told("🎯 <b>ligne</b> ![x](http://a.b) {0} \u202eשלום\x07, Luc, lundi")

    assert understood.title == "🎯 <b>ligne</b> ![x](http://a.b) {0} שלום"
    assert (understood.owner, understood.due_on) == ("Luc Paré", date(2026, 11, 23))


@pytest.mark.parametrize(
    "line",
    ["avant le " * 60, "demain " * 70, "(" * 500, "a, " * 170, "1/" * 250, "@" * 500, "et " * 170],
)
def test_no_line_takes_long_to_understand(line: str) -> None:
    understand(line, KNOWN, "fr")  # the time limit of the whole run is the check


def test_a_part_of_the_day_is_not_dropped_in_silence() -> None:
    _, said = told("Zoé rappelle Dupont demain matin")

    assert "An action is due on a day: the time in “demain matin” is not kept." in said


def test_whoever_assigns_nothing_learns_why_a_colleague_is_not_taken() -> None:
    known = Known(TODAY, ("Zoé Côté",), "Zoé Côté", working_days("CA", "QC"), others=PEOPLE[:-1])

    for name in ("Louise", "Louise Gagnon", "pour Louise"):
        understood = understand(f"appeler Dupont, {name}, vendredi", known, "fr")
        said = [render(one, "en") for one in understood.problems]

        assert understood.title == f"appeler Dupont, {name}"
        assert understood.owner == "Zoé Côté"
        assert any(one.startswith("You give actions to yourself only") for one in said), name
