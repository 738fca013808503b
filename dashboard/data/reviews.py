"""What the reviews of finished weeks show, on the screen and on paper."""

from dashboard import report, session
from dashboard.components.reviews_page import ClosedWeek
from dashboard.components.scorecard import Line, line
from dashboard.data import imports
from dashboard.kept import remembered
from dashboard.rhythm import build
from dashboard.rhythm.review import Review
from dashboard.rhythm.words import in_short, is_exception
from dashboard.text import Language
from pipelines.periods import Grain, Period
from pipelines.settings import read_logo

#: How many weeks back reviews are listed: half a year; the address goes back further.
_REVIEWS_LISTED = 26


@remembered
def review(week: Period) -> Review:
    """Return the review of a finished week."""
    return build.weekly_review(session.current(), week)


@remembered
def scorecard(week: Period, language: Language) -> tuple[Line, ...]:
    """Return the KPIs of a week, written in a language."""
    return tuple(line(row, language) for row in review(week).rows)


@remembered
def closed_scorecard(week: Period, language: Language) -> tuple[Line, ...]:
    """Return the KPIs of a week for somebody who reads and opens nothing."""
    return tuple(line(row, language, opens=False) for row in review(week).rows)


@remembered
def closed_weeks() -> tuple[ClosedWeek, ...]:
    """Return the weeks whose review can be read, newest first; none before the first file.

    Weeks before the company's first row are left out.
    """
    context = session.current()
    if not imports.imports():
        return ()
    weeks = [context.calendar.last_finished(Grain.WEEK, context.today())]
    while len(weeks) < _REVIEWS_LISTED:
        weeks.append(context.calendar.previous(weeks[-1]))
    return tuple(
        ClosedWeek(week, in_short(rows), any(is_exception(row) for row in rows))
        for week, rows in build.past_rows(context, weeks).items()
    )


def weekly_pdf(review: Review, language: Language) -> bytes:
    """Return a review as a PDF. Made when it is asked for, and not kept."""
    workspace, calendar = session.served().workspace, session.current().calendar
    logo = read_logo(workspace.root, workspace.settings.logo)
    return report.weekly_pdf(review, language, calendar=calendar, logo=logo)
