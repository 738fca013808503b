"""What dates mean is decided per column, from all of its values, or asked."""

# ruff: noqa: DTZ001 - clock times without a zone are what these cells hold

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import ImportRefused
from pipelines.ingest.conversion import (
    DateDecision,
    Undecided,
    convert_dates,
    convert_timestamps,
    decide_dates,
    decide_dates_together,
)

MONTREAL = "America/Montreal"


def column(*values: str | None) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


def decided(values: pl.Series, told: str | list[str] | None = None) -> DateDecision:
    decision = decide_dates(values, told=told)
    assert isinstance(decision, DateDecision)
    return decision


def asked(values: pl.Series) -> Undecided:
    question = decide_dates(values)
    assert isinstance(question, Undecided)
    return question


def read(*values: str | None, told: str | list[str] | None = None) -> list[date | None]:
    cells = column(*values)
    days, _ = convert_dates(cells, decided(cells, told), MONTREAL)
    return days.to_list()


def bad(*values: str | None, told: str | None = None) -> list[bool]:
    cells = column(*values)
    _, wrong = convert_dates(cells, decided(cells, told), MONTREAL)
    return wrong.to_list()


def test_one_day_above_twelve_decides_the_whole_column() -> None:
    assert read("05/06/2026", "25/06/2026") == [date(2026, 6, 5), date(2026, 6, 25)]
    assert read("05/06/2026", "05/25/2026") == [date(2026, 5, 6), date(2026, 5, 25)]


def test_the_value_that_decided_is_kept_as_evidence() -> None:
    decision = decided(column("05/06/2026", "25/06/2026"))

    assert [one.name for one in decision.formats] == ["DD/MM/YYYY"]
    assert decision.evidence == {"DD/MM/YYYY": "25/06/2026"}


def test_when_every_value_fits_both_ways_somebody_is_asked() -> None:
    question = asked(column("05/06/2026", None, "07/08/2026"))

    assert question.options == ("DD/MM/YYYY", "MM/DD/YYYY")
    assert question.examples == ("05/06/2026", "07/08/2026")
    assert question.mapping_key == "date_format"
    assert not question.contradiction


@pytest.mark.parametrize("mark", ["/", "-", "."])
def test_the_answer_is_written_as_the_column_is(mark: str) -> None:
    cells = column(mark.join(["05", "06", "2026"]))
    first, second = asked(cells).options

    assert read(*cells, told=first) == [date(2026, 6, 5)]
    assert read(*cells, told=second) == [date(2026, 5, 6)]


def test_values_that_contradict_each_other_are_asked_about_and_shown() -> None:
    question = asked(column("13/05/2026", "05/13/2026", "01/02/2026"))

    assert question.contradiction
    assert question.examples == ("13/05/2026", "05/13/2026")


def test_what_was_told_holds_and_what_does_not_fit_it_is_bad() -> None:
    cells = ("13/05/2026", "05/13/2026", "01/02/2026")

    assert read(*cells, told="DD/MM/YYYY") == [date(2026, 5, 13), None, date(2026, 2, 1)]
    assert bad(*cells, told="DD/MM/YYYY") == [False, True, False]


def test_each_shape_of_a_column_is_decided_by_its_own_values() -> None:
    # As in an export that several programs have written to.
    assert read("2026-01-05", "20/03/2026", "2026/4/6", "08-20-2026", "08-09-2026") == [
        date(2026, 1, 5),
        date(2026, 3, 20),
        date(2026, 4, 6),
        date(2026, 8, 20),
        date(2026, 8, 9),
    ]


def test_a_shape_that_nothing_decides_is_asked_about_alone() -> None:
    question = asked(column("20/03/2026", "08-09-2026"))

    assert question.options == ("DD-MM-YYYY", "MM-DD-YYYY")
    assert question.examples == ("08-09-2026",)


def test_one_answer_holds_for_the_other_shapes_that_nothing_decides() -> None:
    assert read("08/09/2026", "10-11-2026", told="DD/MM/YYYY") == [
        date(2026, 9, 8),
        date(2026, 11, 10),
    ]


def test_another_column_of_the_file_decides() -> None:
    together = decide_dates_together(
        {"created": column("05/06/2026"), "closed": column("25/06/2026"), "due": column("1-2-2026")}
    )

    created = together["created"]
    assert isinstance(created, DateDecision)
    assert created.evidence == {"DD/MM/YYYY": "25/06/2026"}
    assert isinstance(together["due"], Undecided)  # written in another way, so by another program


def test_columns_that_disagree_decide_nothing_for_a_third() -> None:
    together = decide_dates_together(
        {"a": column("25/06/2026"), "b": column("06/25/2026"), "c": column("05/06/2026")}
    )

    assert isinstance(together["c"], Undecided)


@pytest.mark.parametrize(
    "told", ["DD/MM/YYYY", "d/m/yyyy", "JJ/MM/AAAA", "%d/%m/%Y", "DD/MM/YYYY HH:MM"]
)
def test_a_format_may_be_told_as_people_write_it(told: str) -> None:
    assert read("05/06/2026", told=told) == [date(2026, 6, 5)]


def test_german_letters_are_understood() -> None:
    assert read("05.06.2026", told="TT.MM.JJJJ") == [date(2026, 6, 5)]


@pytest.mark.parametrize("told", ["day first", "DD/DD/YYYY", "", "MM/YYYY"])
def test_a_word_that_is_no_date_format_is_refused(told: str) -> None:
    with pytest.raises(ImportRefused, match="is not a date format"):
        decide_dates(column("05/06/2026"), told=told)


def test_dates_with_and_without_a_time_share_a_column() -> None:
    assert read("1/11/2021", "1/18/2021 0:00", "1/18/2021 23:59") == [
        date(2021, 1, 11),
        date(2021, 1, 18),
        date(2021, 1, 18),
    ]


def test_a_moment_belongs_to_the_day_it_was_at_the_company() -> None:
    # At 3 in the morning in London it is 22 or 23 o'clock of the day before in Montréal.
    assert read("2026-01-05T03:00:00Z", "2026-07-05T03:00:00.000000+00:00") == [
        date(2026, 1, 4),
        date(2026, 7, 4),
    ]
    assert read("2026-01-05 03:00:00.000000 UTC") == [date(2026, 1, 4)]
    assert read("2026-06-01T02:14:58+05:00") == [date(2026, 5, 31)]


def test_a_moment_without_a_zone_is_taken_as_written() -> None:
    assert read("2026-01-05 03:00", "2026-01-05T23:59:59") == [date(2026, 1, 5), date(2026, 1, 5)]


def test_timestamps_keep_their_time() -> None:
    cells = column("2026-01-05T03:00:00.250000Z", "2026-01-05 14:30", "2026-01-05", None)

    moments, wrong = convert_timestamps(cells, decided(cells), MONTREAL)

    assert moments.to_list() == [
        datetime(2026, 1, 4, 22, 0, 0, 250_000),
        datetime(2026, 1, 5, 14, 30),
        datetime(2026, 1, 5),
        None,
    ]
    assert not wrong.any()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12 janv. 2026", date(2026, 1, 12)),
        ("1er février 2026", date(2026, 2, 1)),
        ("14 août 2026 14h30", date(2026, 8, 14)),
        ("3-Dec-26", date(2026, 12, 3)),
        ("Jan 5, 2026", date(2026, 1, 5)),
        ("March 31, 2026", date(2026, 3, 31)),
        ("20260105", date(2026, 1, 5)),
        ("1/13/2026 12:05 AM", date(2026, 1, 13)),
    ],
)
def test_other_ways_of_writing_a_day_are_read(written: str, expected: date) -> None:
    assert read(written) == [expected]


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2026",
        "00/01/2026",
        "25/06/0026",
        "25/06/1899",
        "25/06/2126",
        "25/06/2026 25:00",
        "13/25/2026",
        "soon",
        "25/06-2026",
        "12 brumaire 2026",
        "#REF!",
        "46027",
    ],
)
def test_what_is_no_possible_day_is_bad(written: str) -> None:
    assert bad(written, "24/12/2026", told="DD/MM/YYYY") == [True, False]


def test_blank_cells_are_neither_dates_nor_bad() -> None:
    assert read("2026-01-05", None, " ") == [date(2026, 1, 5), None, None]
    assert bad("2026-01-05", None, " ") == [False, False, False]


def test_a_column_without_a_date_is_decided_and_all_bad() -> None:
    decision = decided(column("soon", "later"))

    assert decision.formats == ()
    assert decision.unreadable == ("soon", "later")
    assert bad("soon", "later") == [True, True]


def test_two_digit_years_are_read_where_only_one_way_fits() -> None:
    assert read("1/5/26", "1/25/26") == [date(2026, 1, 5), date(2026, 1, 25)]
    assert read("31/12/99", "30/11/98") == [date(1999, 12, 31), date(1998, 11, 30)]


def test_two_digit_years_that_could_be_days_are_asked_about() -> None:
    question = asked(column("05/06/26", "25/12/25"))

    assert question.options == ("DD/MM/YY", "YY/MM/DD")  # the 25th, or the year 2025
    assert read("05/06/26", "25/12/25", told="DD/MM/YY") == [date(2026, 6, 5), date(2025, 12, 25)]


def test_numbers_are_days_of_excel_only_in_number_cells_of_a_sheet() -> None:
    cells = column("46027", "46027.75")

    decision = decide_dates(cells, serials=True)

    assert isinstance(decision, DateDecision)
    moments, _ = convert_timestamps(cells, decision, MONTREAL)
    assert moments.to_list() == [datetime(2026, 1, 5), datetime(2026, 1, 5, 18)]
    assert decided(cells).formats == ()


SHAPES = {
    "YYYY-MM-DD": "{d.year:04}-{d.month:02}-{d.day:02}",
    "YYYY/MM/DD": "{d.year:04}/{d.month}/{d.day}",
    "DD/MM/YYYY": "{d.day:02}/{d.month:02}/{d.year:04}",
    "MM/DD/YYYY": "{d.month}/{d.day}/{d.year:04}",
    "DD-MM-YYYY": "{d.day}-{d.month}-{d.year:04}",
    "DD.MM.YYYY": "{d.day:02}.{d.month:02}.{d.year:04}",
    "MM-DD-YYYY": "{d.month:02}-{d.day:02}-{d.year:04}",
    "YYYYMMDD": "{d.year:04}{d.month:02}{d.day:02}",
}
DAYS = st.lists(st.dates(date(1990, 1, 1), date(2100, 12, 31)), min_size=1, max_size=20)


@given(days=DAYS, shape=st.sampled_from(sorted(SHAPES)), with_time=st.booleans())
def test_any_day_written_in_any_shape_reads_back_when_told(
    days: list[date], shape: str, *, with_time: bool
) -> None:
    tail = " 14:30" if with_time else ""
    written = [SHAPES[shape].format(d=day) + tail for day in days]

    assert read(*written, told=shape) == days


@given(days=DAYS, shape=st.sampled_from(["DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY"]))
def test_a_column_is_never_read_the_wrong_way_round(days: list[date], shape: str) -> None:
    cells = column(*(SHAPES[shape].format(d=day) for day in days))

    decision = decide_dates(cells)

    if isinstance(decision, DateDecision):
        assert convert_dates(cells, decision, MONTREAL)[0].to_list() == days
    else:
        assert all(day.day <= 12 for day in days)


@given(
    moments=st.lists(
        st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)), min_size=1, max_size=10
    ),
    offset=st.integers(-12 * 60, 14 * 60),
)
def test_any_moment_with_an_offset_becomes_the_day_in_the_companys_zone(
    moments: list[datetime], offset: int
) -> None:
    zone = timezone(timedelta(minutes=offset))
    aware = [moment.replace(tzinfo=zone) for moment in moments]

    expected = [moment.astimezone(ZoneInfo(MONTREAL)).date() for moment in aware]

    assert read(*(moment.isoformat() for moment in aware)) == expected
    utc = [moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for moment in aware]
    assert read(*utc) == expected
