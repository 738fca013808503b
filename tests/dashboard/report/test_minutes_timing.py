"""The time a meeting took, in whole minutes that add up."""

from dataclasses import replace

import pytest

from dashboard.report.minutes_timing import duration, timing, whole_minutes
from dashboard.report.sheet import Table
from tests.builders.minutes import full_minutes


@pytest.mark.parametrize(
    ("seconds", "total", "whole"),
    [
        # two of three half minutes and ten seconds are rounded up: 190 + 190 + 40 = 420
        ([190, 190, 40], 420, [3, 3, 1]),
        ([29, 29, 29, 29], 116, [1, 1, 0, 0]),
        # nobody entered the second section: it took nothing
        ([20, 0, 25], 45, [0, 0, 1]),
        ([0, 0], 0, [0, 0]),
        ([60, 120], 180, [1, 2]),
        ([], 0, []),
    ],
)
def test_the_parts_of_a_meeting_add_up_to_what_it_took(
    seconds: list[int], total: int, whole: list[int]
) -> None:
    assert whole_minutes(seconds, total) == whole


def test_a_section_that_nobody_stayed_at_saved_no_time() -> None:
    first, *others = full_minutes().sections
    part = timing(replace(full_minutes(), sections=(replace(first, seconds=0), *others)), "en")
    assert part is not None
    (table,) = part.blocks
    assert isinstance(table, Table)

    assert [cell.text for cell in table.rows[0]] == ["Wins", "2 min", "–", "–"]


def test_an_hour_and_more_is_told_in_minutes_as_clocks_and_agendas_do() -> None:
    assert duration(9_000, "fr_CA") == "150\N{NO-BREAK SPACE}min"


def test_a_section_that_took_less_than_planned_says_by_how_much() -> None:
    part = timing(full_minutes(), "en")
    assert part is not None
    (table,) = part.blocks
    assert isinstance(table, Table)

    rows = [[cell.text for cell in row] for row in table.rows]
    # 115, 340, 420, 805 and 200 seconds are 31 minutes and 20 seconds
    assert rows == [
        ["Wins", "2 min", "2 min", "0 min"],
        ["Scoreboard", "6 min", "6 min", "0 min"],
        ["Commitments", "6 min", "7 min", "+1 min"],
        ["Blockers", "12 min", "13 min", "+1 min"],
        ["Qui fait quoi", "4 min", "3 min", "−1 min"],
    ]
    assert [row[3].tone for row in table.rows] == ["quiet", "quiet", "work", "work", "quiet"]
