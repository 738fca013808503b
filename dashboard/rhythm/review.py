"""What a review says, as one frozen value. Screen and PDF render the same one."""

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.analysis.judgement import JudgedPoint, Limits
from pipelines.errors import Message
from pipelines.kpis.definition import Definition, LocalText
from pipelines.periods import Period


@dataclass(frozen=True)
class Row:
    """One KPI in a review.

    Attributes:
        latest: The reviewed period's point; None when the KPI is unavailable.
        trend: The last thirteen finished periods, oldest first, the reviewed one last.
        limits: Natural limits on the day of the review.
        currency: ISO code for money, and for rates whose parts are money; else None.
        responsible: Who answers for the KPI; None if nobody was named.
        unavailable: Why there is no number.
        data_until: The last day the files tell about, where the period has no value for that.
    """

    definition: Definition
    latest: JudgedPoint | None
    trend: tuple[JudgedPoint, ...]
    limits: Limits | None
    currency: str | None
    responsible: str | None
    unavailable: Message | LocalText | None = None
    data_until: date | None = None


@dataclass(frozen=True)
class ActionLine:
    """An action as a review lists it.

    Attributes:
        kpi: The KPI it should move; None if it is not linked.
        late: Past its date, neither done nor given up, on the day of the review.
        version: Forms carry it back, so that nobody overwrites what they have not seen.
        progress: In percent.
        dropped_on: The day it was given up or carried over to the next plan.
        priority_id: The priority of a plan that it serves.
        effect: The change of the KPI it should bring, in the KPI's own unit.
        lag_weeks: Weeks until the effect should show.
        decision_id: The decision of a meeting that it carries out.
    """

    action_id: int
    title: str
    owner: str
    due_on: date
    kpi: Definition | None
    done_on: date | None
    late: bool
    version: int
    progress: int = 0
    dropped_on: date | None = None
    priority_id: int | None = None
    effect: float | None = None
    lag_weeks: int | None = None
    decision_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.done_on is None and self.dropped_on is None


@dataclass(frozen=True)
class FileLine:
    """The newest import of one source and entity: how fresh the data is, and from where.

    Attributes:
        newest_event: The latest date, up to the day of the review, that the data holds.
    """

    file_name: str
    source: str
    entity: str
    imported_at: datetime
    as_of: date
    rows_read: int
    rejected: int
    newest_event: date | None


@dataclass(frozen=True)
class Review:
    """A week as the company sees it.

    Attributes:
        period: The reviewed (finished) period.
        today: The day it was made on.
        proposed: Nothing was chosen yet; the rows are a proposal.
        rows: Exceptions first, quiet rows after them, unavailable ones last.
        late: Open actions past their date, oldest first.
        due: Open actions due in the week after the reviewed one (the running one), by date.
        done: Actions ticked off since the reviewed week began, newest first.
        files: One line per source and entity, freshest first.
        whole: Everybody's actions and responsible people are in it; else only the reader's own.
        late_unseen: How many open actions past their date the reader may not see. Their number
            is the company's figure; whose they are and what they say is not.
    """

    company: str
    period: Period
    today: date
    proposed: bool
    rows: tuple[Row, ...]
    late: tuple[ActionLine, ...]
    due: tuple[ActionLine, ...]
    done: tuple[ActionLine, ...]
    files: tuple[FileLine, ...]
    whole: bool = True
    late_unseen: int = 0

    @property
    def speaks_of_actions(self) -> bool:
        """Whether it has a list of actions: an empty one says there is none, which has to be true."""
        return self.whole or bool(self.late or self.due or self.done)

    @property
    def names_responsible(self) -> bool:
        """Whether it says who answers for what: a dash says nobody, which has to be true."""
        return self.whole or any(row.responsible for row in self.rows)

    @property
    def seen_from(self) -> date:
        """The day it looks from: today, or the first day after it for a week long past.

        What is late, and by how much, is told as it was on that day.
        """
        return looking_from(self.period, self.today)


def looking_from(period: Period, today: date) -> date:
    """Return the day from which a period is reviewed."""
    following = period.end + (period.end - period.start)
    return period.end if today >= following else today
