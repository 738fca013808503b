"""Jobs: what is being done in the background, and what came of what was."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.components.table import Column, table
from dashboard.jobs.job import Job, State
from dashboard.jobs.kinds import kind_of
from dashboard.text import Language, render, text, text_plural

#: How often a page looks at what runs; it only does while something does.
_LOOK_EVERY_SECONDS = 1.0
_SHOWN = 100
_Seen = TypeVar("_Seen")


def watched(look: Callable[[], _Seen | None], show: Callable[[_Seen], None]) -> None:
    """Show something that changes by itself, and draw the whole page again once it is over.

    Args:
        look: Returns what there is to show; nothing once it is over.
    """

    @st.fragment(run_every=_LOOK_EVERY_SECONDS)
    def again() -> None:
        if seen := look():
            show(seen)
        else:
            st.rerun()

    again()


def being_read(job: Job, language: Language, *, stop: Callable[[int], None]) -> None:
    """Show how far somebody's own file is."""
    file = plain(job.order.title)
    with st.container(border=True):
        if job.state is State.QUEUED:
            st.markdown(text("**{file}** waits for its turn…", language, file=file))
        elif job.progress is None:
            st.markdown(text("**{file}** is being read…", language, file=file))
        else:
            _progress(job, language)
        _stop(job, language, stop)


def running_jobs(jobs: Sequence[Job], language: Language, *, stop: Callable[[int], None]) -> None:
    """Show every job that runs or waits, with a button that stops it."""
    for job in jobs:
        with st.container(border=True):
            st.markdown(f"**{plain(job.order.title)}**")
            st.caption(
                " · ".join(
                    (
                        state_name(job.state, language),
                        render(kind_of(job.order.kind).name, language),
                        plain(job.order.by.name),
                    )
                )
            )
            _progress(job, language)
            _stop(job, language, stop)


def others_at_work(count: int, language: Language) -> None:
    """Say that something is being done."""
    if count:
        st.caption(
            text_plural(
                "{count} job is running or waiting.",
                "{count} jobs are running or waiting.",
                count,
                language,
            )
        )


def job_table(jobs: Sequence[Job], timezone: str, language: Language) -> None:
    """Show the jobs that have ended, the newest first."""
    if not jobs:
        st.caption(
            text(
                "Nothing has been done in the background yet. Files that are taken in, reports and "
                "commands typed on this computer will show here.",
                language,
            )
        )
        return
    more = len(jobs) - _SHOWN
    table(
        "jobs",
        text("Finished jobs", language),
        (
            Column(text("Job", language)),
            Column(text("Kind", language), "close"),
            Column(text("Asked by", language), "close"),
            Column(text("Result", language), "close"),
            Column(text("Ended", language), "close"),
            Column(text("What it said", language)),
        ),
        [
            (
                job.order.title,
                render(kind_of(job.order.kind).name, language),
                job.order.by.name,
                state_name(job.state, language),
                shown.moment(job.ended_at, timezone, language) if job.ended_at else "",
                _said(job),
            )
            for job in jobs[:_SHOWN]
        ],
        caption=text_plural("{count} more job", "{count} more jobs", more, language)
        if more > 0
        else None,
    )


def state_name(state: State, language: Language) -> str:
    """Return what became of a job, in a word or two."""
    names = {
        State.QUEUED: text("waiting", language),
        State.RUNNING: text("running", language),
        State.DONE: text("done", language),
        State.REFUSED: text("refused", language),
        State.CANCELLED: text("stopped", language),
        State.INTERRUPTED: text("cut off", language),
    }
    return names[state]


def _said(job: Job) -> str:
    """Return the line that says most: results begin with it, refusals end with it."""
    if not job.lines:
        return ""
    return job.lines[0 if job.state is State.DONE else -1].strip(" -")


def _progress(job: Job, language: Language) -> None:
    if job.progress is not None:
        st.caption(plain(f"{render(job.progress, language)}…"))


def _stop(job: Job, language: Language, stop: Callable[[int], None]) -> None:
    st.button(text("Stop", language), key=f"stop_{job.job_id}", on_click=stop, args=(job.job_id,))
