"""The path of a company that begins."""

from datetime import date

import pytest

from dashboard.rhythm.first_steps import Progress, first_meeting, next_step, path
from pipelines.settings import FirstStep
from pipelines.workdays import working_days

QUEBEC = working_days("CA", "QC")


def test_the_first_step_that_is_neither_done_nor_skipped_is_next() -> None:
    steps = path({FirstStep.COMPANY, FirstStep.FILES}, [FirstStep.PEOPLE])

    assert steps[FirstStep.COMPANY] is Progress.DONE
    assert steps[FirstStep.PEOPLE] is Progress.SKIPPED
    assert steps[FirstStep.QUESTIONS] is Progress.NEXT
    assert [steps[step] for step in (FirstStep.KPIS, FirstStep.MEETING)] == [Progress.TO_DO] * 2
    assert next_step(steps) is FirstStep.QUESTIONS


def test_what_was_skipped_and_done_after_all_is_done() -> None:
    assert path({FirstStep.PEOPLE}, [FirstStep.PEOPLE])[FirstStep.PEOPLE] is Progress.DONE


def test_a_path_without_a_step_left_is_over() -> None:
    assert next_step(path(set(FirstStep) - {FirstStep.PEOPLE}, [FirstStep.PEOPLE])) is None


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (date(2026, 11, 16), date(2026, 11, 17)),  # a Monday
        (date(2026, 11, 17), date(2026, 11, 24)),  # a Tuesday: nobody is called together at once
        (date(2026, 11, 21), date(2026, 11, 24)),  # a Saturday
        (date(2025, 6, 20), date(2025, 7, 8)),  # Saint-Jean-Baptiste and Canada Day are Tuesdays
    ],
)
def test_the_first_meeting_is_on_a_tuesday_on_which_people_work(
    today: date, proposed: date
) -> None:
    assert first_meeting(today, QUEBEC) == proposed
