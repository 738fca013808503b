"""What a click on the page of backups does."""

import streamlit as st

from dashboard import safekeeping, session, soundness
from dashboard.components.messages import attempt
from dashboard.jobs.current import desk
from dashboard.jobs.job import State
from dashboard.text import Language
from pipelines.checking import Check
from pipelines.errors import Cap90Error, Refused, msg

_CHECKS = "last_checks"


def make_backup(language: Language) -> None:
    """Make a backup with everything."""
    attempt(
        language,
        lambda: _done(safekeeping.submit_backup()),
        msg("The backup is made and verified."),
    )


def look_at_everything(language: Language) -> None:
    """Check the data; what came of it waits for the page."""

    def kept() -> None:
        st.session_state[_CHECKS] = tuple(soundness.look(session.current()))

    attempt(language, kept)


def last_checks() -> tuple[Check, ...]:
    """Return what came of the last look at the data, in this session."""
    found: tuple[Check, ...] = st.session_state.get(_CHECKS, ())
    return found


def restore_backup(language: Language, name: str) -> None:
    """Put a backup in the place of everything."""
    attempt(
        language,
        lambda: _done(safekeeping.submit_restore(name)),
        msg("Restored. Everybody has to log in again."),
    )


def _done(job_id: int) -> None:
    """Wait for a job, and pass on why it was refused."""
    job = desk().wait(job_id)
    if job is not None and isinstance(job.result, Cap90Error):
        raise job.result
    if job is not None and job.state is not State.DONE:
        raise Refused.of(msg("This was stopped before it was done; see the list of jobs."))
