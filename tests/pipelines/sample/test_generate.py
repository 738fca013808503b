import csv
import io
from datetime import date, timedelta
from functools import cache

import holidays
import pytest

from pipelines.sample import SHIPPED_DAY, Planted, SampleFile, generate
from tests.builders import by_hand

#: Days of every kind: a weekend, the construction holiday, the turn of the year, a leap day.
OTHER_DAYS = [
    date(2026, 11, 21),
    date(2026, 7, 22),
    date(2027, 1, 2),
    date(2028, 2, 29),
    date(2029, 5, 17),
]


@cache
def files(day: date) -> tuple[SampleFile, ...]:
    return generate(day)


def rows(file: SampleFile) -> list[dict[str, str]]:
    accounting = file.source == "generic"
    text = file.content.decode("windows-1252" if accounting else "utf-8")
    found = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if accounting else ",")
    return list(found)


def days(file: SampleFile, column: str) -> list[date]:
    cells = [row[column][:10] for row in rows(file)]
    return [date.fromisoformat(cell) for cell in cells if cell[:2] == "20"]


def test_the_generator_writes_the_shipped_files_byte_for_byte() -> None:
    for file in files(SHIPPED_DAY):
        assert (by_hand.SAMPLE_DATA / file.name).read_bytes() == file.content


def test_every_shipped_file_comes_from_the_generator() -> None:
    shipped = {path.name for path in by_hand.SAMPLE_DATA.glob("*.csv")}

    assert shipped == {file.name for file in files(SHIPPED_DAY)}


def test_the_same_day_gives_the_same_bytes() -> None:
    assert generate(OTHER_DAYS[0]) == generate(OTHER_DAYS[0])


@pytest.mark.parametrize("today", OTHER_DAYS)
def test_history_is_the_same_whatever_day_the_sample_is_made_for(today: date) -> None:
    planted = {"286000.00", "198000.00", "164500.00"}  # these three move with the day

    def created_early_in_june(file: SampleFile) -> set[tuple[str, str]]:
        return {
            (row["ID de fiche d'informations"], row["Date de création"])
            for row in rows(file)
            if "2026-06-01" <= row["Date de création"] < "2026-06-13"
            and row["Montant"] not in planted
        }

    shipped = created_early_in_june(files(SHIPPED_DAY)[1])

    assert created_early_in_june(files(today)[1]) == shipped
    assert len(shipped) > 10


@pytest.mark.parametrize("today", [SHIPPED_DAY, *OTHER_DAYS])
def test_the_construction_holiday_dip_stays_in_july_and_august(today: date) -> None:
    weekly: dict[date, int] = {}
    for meeting in rows(files(today)[2]):
        if meeting["Résultat de la réunion"] == "Completed":
            day = date.fromisoformat(meeting["Date de l'activité"][:10])
            monday = day - timedelta(days=day.weekday())
            weekly[monday] = weekly.get(monday, 0) + 1
    usual = sorted(weekly.values())[len(weekly) // 2]

    for year in (2025, 2026):
        july_31 = date(year, 7, 31)
        # the Mondays right after the second-last and the last Sunday of July
        last_sunday = july_31 - timedelta(days=(july_31.weekday() + 1) % 7)
        for monday in (last_sunday - timedelta(days=6), last_sunday + timedelta(days=1)):
            if Planted(today).first_day <= monday < Planted(today).monday:
                assert weekly.get(monday, 0) < 0.6 * usual
                assert weekly[monday - timedelta(days=14)] > 0.7 * usual


@pytest.mark.parametrize("today", [SHIPPED_DAY, *OTHER_DAYS])
def test_nothing_happens_on_weekends_and_public_holidays(today: date) -> None:
    closed = holidays.country_holidays("CA", subdiv="QC")
    _, deals, activities, invoices = files(today)
    happened = [
        *days(deals, "Date de création"),
        *days(activities, "Date de l'activité"),
        *days(invoices, "Date de facture"),
    ]

    assert not [day for day in happened if day.weekday() > 4 or day in closed]


@pytest.mark.parametrize("today", [SHIPPED_DAY, *OTHER_DAYS])
def test_thirty_six_months_up_to_the_evening_before_are_told(today: date) -> None:
    _, deals, activities, invoices = files(today)
    created = days(deals, "Date de création")
    invoiced = days(invoices, "Date de facture")
    told = [
        date.fromisoformat(row["Date de l'activité"][:10])
        for row in rows(activities)
        if row["Résultat de la réunion"] != "Scheduled"
    ]

    for found in (created, invoiced, told):
        assert max(found) < today
        assert min(found) - (today - timedelta(days=3 * 365)) < timedelta(days=15)


def test_meetings_to_come_are_scheduled_and_past_ones_are_not() -> None:
    for row in rows(files(SHIPPED_DAY)[2]):
        if row["Type d'activité"] == "Réunion" and row["Date de l'activité"] != "à confirmer":
            to_come = row["Date de l'activité"] >= "2026-11-16"
            assert (row["Résultat de la réunion"] == "Scheduled") == to_come


def test_a_record_keeps_its_number_and_its_past_between_the_two_exports() -> None:
    first, second = (
        {row["ID de fiche d'informations"]: row for row in rows(file)}
        for file in files(SHIPPED_DAY)[:2]
    )

    for number in first.keys() & second.keys():
        assert first[number]["Date de création"] == second[number]["Date de création"]
        if first[number]["Phase de la transaction"].startswith("Fermé"):
            assert first[number] == second[number]


def test_the_sample_stays_small() -> None:
    assert sum(len(file.content) for file in files(SHIPPED_DAY)) < 1_800_000
