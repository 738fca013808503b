"""What people do in a pipeline review, beside adding actions."""

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.messages import attempt, say
from dashboard.rhythm.meeting import blockers, preparing, reading
from dashboard.rhythm.meeting.typed import MAX_TITLE
from dashboard.text import Language, language_of, render
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.funnel.model import Question


def make_blocker(language: Language, question: Question) -> None:
    """Bring a deal to the weekly meeting that goes on or comes next, as a blocker; once."""

    def work() -> None:
        session.require(Capability.TAKE_PART)
        context = session.current()
        meeting = reading.meeting(context, _meeting(context))
        # what a meeting says is one text for everybody
        line = render(question.obstacle, language_of(context.workspace.settings.locale))
        placed = blockers.make_blocker(
            context, meeting.meeting_id, title=line[:MAX_TITLE], deal=question.deal.key
        )
        done = (
            msg("It is on the list of the meeting of {day} already.", day=meeting.held_on)
            if placed.already
            else msg("It is a blocker of the meeting of {day}.", day=meeting.held_on)
        )
        say(render(done, language))

    attempt(language, work)


def _meeting(context: Context) -> int:
    """Return the meeting to bring it to; whoever runs meetings has the next one prepared by it."""
    found = reading.current_meeting(context)
    if found is not None:
        return found.meeting_id
    if not session.visitor().may(Capability.RUN_MEETINGS):
        raise Refused.of(
            msg("No weekly meeting is prepared yet."),
            hint=msg("Ask whoever leads it to prepare the next one."),
        )
    return preparing.plan_meeting(context).meeting_id
