"""What people do with files: hand them in, answer what they leave open, stop."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard import session, uploads
from dashboard.components.import_page import Upload
from dashboard.components.messages import attempt
from dashboard.jobs.current import desk
from dashboard.jobs.desk import may_see
from dashboard.jobs.job import Job
from dashboard.text import Language
from pipelines.errors import Cap90Error, Refused, msg
from pipelines.ingest import ImportReport

_PENDING = "pending_import"
_REPORT = "last_import"
_JOB = "running_import"
_SOON_SECONDS = 0.5


def take_in(language: Language, upload: Upload) -> None:
    """Have a file imported; its outcome or its questions wait for the page."""
    if pending := pending_import():
        uploads.forget(pending)
    _hand_in(language, lambda: uploads.submit(upload))


def answer_import(language: Language, answers: Mapping[str, str | None]) -> None:
    """Have the waiting file imported with what somebody answered."""
    pending = pending_import()
    given = {key: value for key, value in answers.items() if value}
    if pending is None:
        return
    if len(given) < len(answers):
        attempt(language, _refuse_gaps)
        return
    _hand_in(language, lambda: uploads.submit_answers(pending, given))


def _refuse_gaps() -> None:
    raise Refused.of(msg("Answer every question first."))


def pending_import() -> uploads.Pending | None:
    """Return the file that waits for this person's answers."""
    found: uploads.Pending | None = st.session_state.get(_PENDING)
    return found


def last_import() -> ImportReport | None:
    """Return what came of the file this person has just sent, once."""
    found: ImportReport | None = st.session_state.pop(_REPORT, None)
    return found


def running_import(language: Language) -> Job | None:
    """Return the job of the file this person has sent, while it goes on.

    Once it is over, its outcome, its questions or why it was refused wait for the page.
    """
    number: int | None = st.session_state.get(_JOB)
    job = desk().job(number) if number is not None else None
    if job is not None and not job.state.ended:
        return job
    st.session_state.pop(_JOB, None)
    match job.result if job else None:
        case uploads.Pending() as pending:
            st.session_state[_PENDING] = pending
        case ImportReport() as report:
            st.session_state[_REPORT] = report
        case Cap90Error() as refused:
            attempt(language, partial(_raise, refused))
        case _:
            pass
    return None


def stop_job(language: Language, job_id: int) -> None:
    """Stop a job that runs or waits."""
    job = desk().job(job_id)

    def stop() -> None:
        if job is None or not may_see(job, session.visitor()):
            raise Refused.of(msg("There is no such job any more."))
        desk().cancel(job_id)

    attempt(language, stop)


def _raise(error: Cap90Error) -> None:
    raise error


def _hand_in(language: Language, submit: Callable[[], int]) -> None:
    st.session_state.pop(_PENDING, None)

    def kept() -> None:
        st.session_state[_JOB] = submit()

    # what is quickly done is shown as done, without a step between
    if attempt(language, kept):
        desk().wait(st.session_state[_JOB], _SOON_SECONDS)
