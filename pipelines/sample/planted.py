"""What is planted in the sample, and on which day; ``sample_data/README.md`` says it in words."""

from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = timedelta(weeks=1)
#: The day that the files of ``sample_data/`` are made for.
SHIPPED_DAY = date(2026, 11, 16)
#: Share of the meetings that customers did not keep, before and since the reminders.
NO_SHOWS_BEFORE = 0.20
NO_SHOWS_SINCE = 0.05
#: Gross margin that the institutional segment loses in its last year, as a fraction.
MARGIN_LOST = 0.10


@dataclass(frozen=True)
class Planted:
    """The dates of the story, for a sample made on ``today``. Pure arithmetic on that day."""

    today: date

    @property
    def monday(self) -> date:
        """First day of the running week."""
        return self.today - timedelta(days=self.today.weekday())

    @property
    def first_day(self) -> date:
        """The Monday the company began to keep its CRM: thirty-six months, in whole weeks."""
        return self.monday - 156 * _WEEK

    @property
    def first_export(self) -> date:
        """The day of the first of the two full exports; the second is made today."""
        return self.today - 5 * _WEEK

    @property
    def reminders_since(self) -> date:
        """The Monday from which customers get a text message the day before a meeting."""
        return self.monday - 15 * _WEEK

    @property
    def lost_week(self) -> date:
        """Monday of the last finished week, when Zoé Côté was ill and her meetings cancelled."""
        return self.monday - _WEEK

    @property
    def erosion_since(self) -> date:
        """The day from which institutional margin slides, a little every day, until today."""
        return self.today - 52 * _WEEK

    def margin_lost_on(self, day: date) -> float:
        """Return how much of the institutional margin is gone on this day, as a fraction."""
        passed = (day - self.erosion_since).days / (self.today - self.erosion_since).days
        return MARGIN_LOST * min(1.0, max(0.0, passed))
