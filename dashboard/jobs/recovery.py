"""What becomes of jobs that were running when the process died."""

from dataclasses import replace

from dashboard import session
from dashboard.jobs.job import Job, State
from dashboard.jobs.kinds import Again, kind_of
from dashboard.text import Language, text
from pipelines import clock, journal

#: A job that brings the process down each time is not begun for ever.
_MOST_ATTEMPTS = 3


def journal_number() -> int:
    """Return the last change of the data that is written down."""
    return session.served().store.read(journal.newest)


def after_a_crash(job: Job, language: Language) -> Job:
    """Return a job that was cut off as it goes on: done again where that is safe, else ended.

    Args:
        language: Of the line that says so.
    """
    if job.attempts < _MOST_ATTEMPTS and _is_safe(job):
        line = text("Cap 90 stopped meanwhile; this is done again.", language)
        return replace(job, state=State.QUEUED, started_at=None, lines=(*job.lines, line))
    line = text(
        "Cap 90 stopped while it did this. Check whether it was done before you ask for it again.",
        language,
    )
    return replace(
        job,
        state=State.INTERRUPTED,
        ended_at=clock.now(),
        exit_code=1,
        lines=(*job.lines, line),
    )


def _is_safe(job: Job) -> bool:
    match kind_of(job.order.kind).again:
        case Again.ALWAYS:
            return True
        case Again.IF_UNCHANGED if job.journal_number is not None:
            number = job.journal_number
            changes = session.served().store.read(
                lambda cursor: journal.changes_after(cursor, number)
            )
            return all(change.actor != job.order.by.name for change in changes)
    return False
