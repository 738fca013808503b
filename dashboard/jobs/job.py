"""A job: something that somebody asked for and that is done in the background."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from dashboard.access.rights import Role
from pipelines.errors import Message


class State(StrEnum):
    """What became of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # it said why
    CANCELLED = "cancelled"  # somebody stopped it; what it had not saved was not kept
    INTERRUPTED = "interrupted"  # the app ended meanwhile, and doing it again might do it twice

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self not in {State.QUEUED, State.RUNNING}


@dataclass(frozen=True)
class Asker:
    """Who asked for a job.

    Attributes:
        name: As the history shows it.
        role: Theirs when they asked; it is looked up again when the job runs.
        account_id: None: whoever types commands at the company's own computer.
    """

    name: str
    role: Role
    account_id: int | None = None


@dataclass(frozen=True)
class Order:
    """What somebody asks for.

    Attributes:
        kind: See ``dashboard.jobs.kinds``.
        title: What people recognise it by: the command as it was typed, the name of a file.
        parameters: What the kind's runner needs to know, as JSON can hold it.
    """

    kind: str
    title: str
    parameters: Mapping[str, Any]
    by: Asker


@dataclass(frozen=True)
class Job:
    """A job at one moment.

    Attributes:
        job_id: Grows with every job that is kept; negative for one that is not.
        lines: The last things it said, oldest first.
        progress: What it is doing right now.
        exit_code: As a command's: 0 done, 1 refused, 2 wrongly asked; None until it has ended.
        attempts: How often it was begun.
        journal_number: The last change of the data before it began.
        created_at: UTC, as ``started_at`` and ``ended_at``.
    """

    job_id: int
    order: Order
    created_at: datetime
    state: State = State.QUEUED
    lines: tuple[str, ...] = ()
    progress: Message | None = None
    exit_code: int | None = None
    attempts: int = 0
    journal_number: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    result: Any = field(default=None, compare=False)
