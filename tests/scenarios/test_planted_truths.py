"""What ``sample_data/README.md`` says, counted in the files without the product."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.builders import by_hand
from tests.builders.by_hand import FIRST_DAY, TODAY, Company

REMINDERS = date(2026, 8, 3)
README = (by_hand.SAMPLE_DATA / "README.md").read_text(encoding="utf-8")
SCHOOL, HOTEL, TOWER = "18404026850", "18404103850", "18404124850"


def outcomes(start: date, end: date) -> tuple[int, int]:
    count = Counter(m.outcome for m in by_hand.meetings() if start <= m.day < end)
    return count["No show"], count["No show"] + count["Completed"]


def test_no_shows_fall_from_a_fifth_to_a_twentieth_after_the_reminders() -> None:
    before, since = outcomes(FIRST_DAY, REMINDERS), outcomes(REMINDERS, TODAY)

    assert before == (693, 3352)
    assert since == (18, 376)
    assert before[0] / before[1] == pytest.approx(0.20, abs=0.01)
    assert since[0] / since[1] == pytest.approx(0.05, abs=0.01)
    assert "693 of 3,352 meetings (20.7 %) before, 18 of 376 (4.8 %) since" in README


def test_a_task_names_the_day_the_reminders_began() -> None:
    tasks = [line for line in by_hand.lines(by_hand.ACTIVITIES) if "texto" in line["Titre"]]

    assert [task["Date de l'activité"][:10] for task in tasks] == [REMINDERS.isoformat()]


@pytest.mark.parametrize(
    ("number", "amount", "last_activity"),
    [(SCHOOL, 286_000, date(2026, 1, 27)), (HOTEL, 198_000, date(2026, 4, 14))],
)
def test_two_large_deals_stall(number: str, amount: int, last_activity: date) -> None:
    first = by_hand.deals(by_hand.FIRST_EXPORT)[number]
    second = by_hand.deals(by_hand.SECOND_EXPORT)[number]
    activities = [
        line["Date de l'activité"][:10]
        for line in by_hand.lines(by_hand.ACTIVITIES)
        if line["Associated Deal IDs"] == number
    ]

    assert first == second
    assert second.amount == amount
    assert not second.won
    assert not second.lost
    assert second.closing < TODAY - timedelta(weeks=12)
    assert max(activities) == last_activity.isoformat()


def test_one_deal_keeps_slipping() -> None:
    first = by_hand.deals(by_hand.FIRST_EXPORT)[TOWER]
    second = by_hand.deals(by_hand.SECOND_EXPORT)[TOWER]
    tasks = [
        line["Titre"]
        for line in by_hand.lines(by_hand.ACTIVITIES)
        if line["Associated Deal IDs"] == TOWER and line["Type d'activité"] == "Tâche"
    ]

    assert (first.closing, second.closing) == (date(2026, 11, 2), date(2026, 12, 14))
    assert first.stage == second.stage == "Négociation"
    assert tasks == [
        "Date de fermeture repoussée du 2026-07-20 au 2026-08-24",
        "Date de fermeture repoussée du 2026-08-24 au 2026-09-28",
        "Date de fermeture repoussée du 2026-09-28 au 2026-11-02",
        "Date de fermeture repoussée du 2026-11-02 au 2026-12-14",
    ]


def test_no_other_open_deal_moved_its_date_between_the_exports() -> None:
    first = by_hand.deals(by_hand.FIRST_EXPORT)
    second = by_hand.deals(by_hand.SECOND_EXPORT)
    moved = [
        number
        for number, deal in second.items()
        if number in first and not (deal.won or deal.lost) and deal.closing != first[number].closing
    ]

    assert moved == [TOWER]


def margin(segment: str, start: date, end: date) -> float:
    billed = [i for i in by_hand.invoices() if i.segment == segment and start <= i.day < end]
    revenue = sum(invoice.revenue for invoice in billed)
    return float(1 - sum(invoice.cost for invoice in billed) / revenue)


def test_margin_erodes_in_the_institutional_segment_alone() -> None:
    quarters = [
        (date(2025, 7, 1), date(2025, 10, 1), 33.7),
        (date(2025, 10, 1), date(2026, 1, 1), 33.0),
        (date(2026, 1, 1), date(2026, 4, 1), 31.8),
        (date(2026, 4, 1), date(2026, 7, 1), 29.6),
        (date(2026, 7, 1), date(2026, 10, 1), 26.4),
        (date(2026, 10, 1), TODAY, 24.1),
    ]

    for start, end, percent in quarters:
        assert 100 * margin("Institutionnel", start, end) == pytest.approx(percent, abs=0.06)
        assert f"{percent} %" in README
        assert 100 * margin("Résidentiel", start, end) == pytest.approx(33.0, abs=0.7)
        assert 100 * margin("Commercial", start, end) == pytest.approx(31.5, abs=0.7)


def test_the_last_finished_week_lost_half_of_its_meetings_with_one_person() -> None:
    week, next_week = date(2026, 11, 9), TODAY
    company = Company()
    lost = [m for m in by_hand.meetings() if week <= m.day < next_week and m.owner == "Zoé Côté"]
    before = [
        company.meetings_held(week - timedelta(weeks=n), week - timedelta(weeks=n - 1))
        for n in range(1, 13)
    ]

    assert Counter(meeting.outcome for meeting in lost) == {"Canceled": 14}
    assert company.meetings_held(week, next_week) == 14
    assert (min(before), max(before)) == (22, 27)


def test_the_quirks_are_where_the_readme_says() -> None:
    first, second, activities, invoices = (
        by_hand.lines(path)
        for path in (
            by_hand.FIRST_EXPORT,
            by_hand.SECOND_EXPORT,
            by_hand.ACTIVITIES,
            by_hand.INVOICES,
        )
    )
    key = "ID de fiche d'informations"

    def twice(found: list[dict[str, str]], column: str) -> list[str]:
        return [text for text, count in Counter(r[column] for r in found).items() if count > 1]

    assert [len(found) for found in (first, second, activities, invoices)] == [
        1785,
        1837,
        5266,
        1592,
    ]
    assert twice(first, key) == ["18404118017"]
    assert twice(second, key) == ["18404147000", "18404180000"]
    assert {r[key] for r in first} - {r[key] for r in second} == {"18404295017"}
    assert twice(activities, "Record ID") == ["51204265021"]
    assert activities[-1]["Date de l'activité"] == "à confirmer"
    odd = [r["Numéro de facture"] for r in invoices if not r["Numéro de facture"][2:].isdigit()]
    assert odd == ["Numéro de facture", "F-BROUILLON", "Total"]
    assert sum(invoice.revenue < 0 for invoice in by_hand.invoices()) == 7
