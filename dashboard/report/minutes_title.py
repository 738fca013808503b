"""What minutes are called: reviews by the month or quarter that they looked back on. Pure.

Of a title and what stands above it, one says which meeting it was, and the other its day.
"""

from dashboard import format as fmt
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.series import kind_name
from dashboard.text import Language, render, text


def kicker_of(minutes: Minutes, language: Language) -> str:
    """Return what stands above the title."""
    if minutes.reviewed is None:
        return review_name(minutes, language)
    return _of_a_day(minutes, language)


def title_of_minutes(minutes: Minutes, language: Language) -> str:
    """Return the title: no two meetings of one day have the same."""
    if minutes.reviewed is None:
        return _of_a_day(minutes, language)
    return review_name(minutes, language)


def review_name(minutes: Minutes, language: Language) -> str:
    """Return the kind of a meeting, and what it looked back on."""
    kind = render(kind_name(minutes.kind), language)
    if minutes.reviewed is None:
        return kind
    return f"{kind} · {render(minutes.reviewed, language)}"


def _of_a_day(minutes: Minutes, language: Language) -> str:
    return text("Minutes of {day}", language, day=fmt.full_day(minutes.held_on, language))
