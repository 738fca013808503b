"""What the page of the pipeline review shows."""

from datetime import date

from dashboard import session
from dashboard.kept import remembered
from dashboard.rhythm.under_way import UnderWay, read_under_way
from dashboard.spreadsheets import MOST_ROWS
from dashboard.text import alphabetical
from pipelines.funnel import days_to_choose, people_with_deals, pipeline_review
from pipelines.funnel.model import PipelineReview


@remembered
def review(since: date | None, person: str | None) -> PipelineReview:
    """Return the pipeline review of today.

    Raises:
        Refused: The day is not in the past; AccessRefused: the person's deals may not be seen.
    """
    return pipeline_review(session.current(), since, owner=person)


def with_every_deal(since: date | None, person: str | None) -> PipelineReview:
    """Return the same with every deal in it that whoever looks may see, to take away."""
    return pipeline_review(session.current(), since, owner=person, listed=MOST_ROWS)


@remembered
def under_way() -> UnderWay:
    """Return what is being done, as far as whoever looks may see it."""
    return read_under_way(session.current())


@remembered
def days() -> tuple[tuple[date, bool], ...]:
    """Return days worth looking back to, and whether an export came on each."""
    return days_to_choose(session.current())


@remembered
def people() -> tuple[str, ...]:
    """Return whose deals whoever looks may see alone; nobody where there are only their own."""
    seen = people_with_deals(session.current())
    return tuple(sorted(seen, key=alphabetical)) if len(seen) > 1 else ()
