"""What the page that compares two quarters shows."""

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.kept import remembered
from dashboard.rhythm.comparison.model import Comparison
from dashboard.rhythm.comparison.reading import compare, finished_quarters
from pipelines.periods import Period

#: Three years of them.
_QUARTERS = 12


def quarters() -> tuple[Period, ...]:
    """Return the finished quarters that can be compared, newest first."""
    session.require(Capability.SEE_REVIEWS)
    return _quarters()


@remembered
def _quarters() -> tuple[Period, ...]:
    return finished_quarters(session.current(), _QUARTERS)


def comparison(first: Period, second: Period) -> Comparison:
    """Return two quarters side by side.

    Raises:
        Refused: They cannot be compared.
        AccessRefused: Whoever looks reads no reviews.
    """
    session.require(Capability.SEE_REVIEWS)
    return _comparison(first, second)


@remembered
def _comparison(first: Period, second: Period) -> Comparison:
    return compare(session.current(), first, second)
