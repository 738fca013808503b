"""The jobs that whoever is looking may know of."""

from dashboard import session
from dashboard.jobs.current import desk
from dashboard.jobs.desk import seen_by
from dashboard.jobs.job import Job


def at_work(as_of: tuple[Job, ...] | None = None) -> tuple[Job, ...]:
    """Return those that run or wait, oldest first.

    Args:
        as_of: What was returned before; nothing is returned if others run or wait since.
    """
    found = seen_by(session.visitor(), desk().jobs())
    active = tuple(reversed([job for job in found if not job.state.ended]))
    then = [(job.job_id, job.state) for job in (active if as_of is None else as_of)]
    return active if then == [(job.job_id, job.state) for job in active] else ()


def ended() -> tuple[Job, ...]:
    """Return those that have ended, newest first."""
    found = seen_by(session.visitor(), desk().jobs())
    return tuple(job for job in found if job.state.ended)
