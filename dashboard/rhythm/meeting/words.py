"""What meetings and blockers are called, for screen, paper and audit trail. Pure."""

from dashboard.rhythm.meeting.model import BlockerStatus, Purpose, Status, Topic
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText

_PURPOSES = {
    Purpose.DECIDE: msg("To decide"),
    Purpose.PLAN: msg("To plan"),
    Purpose.TAKE_STOCK: msg("To take stock"),
    Purpose.INFORM: msg("To inform"),
    Purpose.SHARE: msg("To share a practice"),
}
_TOPICS = {
    Topic.WINS: msg("Wins"),
    Topic.SCOREBOARD: msg("Scoreboard"),
    Topic.COMMITMENTS: msg("Commitments"),
    Topic.BLOCKERS: msg("Blockers"),
    Topic.LANDING: msg("Landing"),
    Topic.GAPS: msg("Gaps"),
    Topic.KPIS: msg("KPIs"),
    Topic.WORK: msg("Actions and experiments"),
    Topic.RITUALS: msg("Rituals"),
    Topic.NEXT: msg("Next quarter"),
    Topic.CLOSE: msg("Close"),
    Topic.OTHER: msg("Other"),
}
_STATES: dict[str, Message] = {
    Status.PLANNED: msg("Meeting to come"),
    Status.RUNNING: msg("Meeting under way"),
    Status.PAUSED: msg("In a break"),
    Status.SUSPENDED: msg("Suspended, to be continued"),
    Status.CLOSED: msg("Closed, with minutes"),
    BlockerStatus.OPEN: msg("Open blocker"),
    BlockerStatus.WORKED: msg("Worked blocker"),
    BlockerStatus.PARKED: msg("Parked blocker"),
    BlockerStatus.DROPPED: msg("Blocker in nobody's way any more"),
}


def purpose_name(purpose: Purpose) -> Message:
    """Return what a meeting is for."""
    return _PURPOSES[purpose]


def topic_name(topic: Topic) -> Message:
    """Return what a section of the agenda is called that has no title of its own."""
    return _TOPICS[topic]


def is_name_of(title: str, kpi: LocalText | None) -> bool:
    """Tell whether a point or blocker is called what its KPI is, in whatever language.

    Titles are kept as the company writes; a reader of another language reads the KPI's own name.
    """
    return kpi is not None and title in {kpi.en, kpi.fr, kpi.fr_CA}


def state_name(state: Status | BlockerStatus) -> Message:
    """Return how far a meeting or a blocker is."""
    return _STATES[state]
