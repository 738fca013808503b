"""The weekly report: how long one takes, and how that grows."""

import time
from collections.abc import Callable
from statistics import median

import pytest

from dashboard.report import weekly_pdf
from dashboard.report.document import weekly_document
from dashboard.rhythm.review import Review
from tests.builders.reviews import CALENDAR, action, full_review

pytestmark = pytest.mark.benchmark

#: Seconds that one report may take after the first.
MOST = 0.3


def seconds(work: Callable[[], object], times: int = 20) -> tuple[float, float]:
    """Return the best and the median time: what the work takes, and with the machine's other work."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken), median(taken)


def busy_review() -> Review:
    return full_review(due=tuple(action(number, f"Action {number}") for number in range(25)))


def test_a_weekly_report_takes_under_300_ms_after_the_first() -> None:
    review = busy_review()
    start = time.perf_counter()
    weekly_pdf(review, "fr_CA", calendar=CALENDAR)
    first = time.perf_counter() - start

    # other names each time, so that nothing made before is used again
    names = iter(range(1000))
    new, usual_new = seconds(
        lambda: weekly_pdf(
            full_review(company=f"Company {next(names)}"), "fr_CA", calendar=CALENDAR
        )
    )
    same, usual_same = seconds(lambda: weekly_pdf(review, "fr_CA", calendar=CALENDAR))
    data, _ = seconds(lambda: weekly_document(review, "fr_CA", CALENDAR, "us-letter"))
    print(  # noqa: T201 - the figures are what a benchmark is run for
        f"\nweekly report, 3 pages, 14 charts: first {first * 1000:.0f} ms; "
        f"a new one {new * 1000:.0f} ms (median {usual_new * 1000:.0f}), "
        f"the same one {same * 1000:.0f} ms (median {usual_same * 1000:.0f}), "
        f"of which Python {data * 1000:.0f} ms"
    )
    assert new < MOST
    assert same < MOST
