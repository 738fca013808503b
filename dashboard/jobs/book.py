"""The jobs on disk: in ``access.sqlite``, so that they survive a restart."""

import json
from datetime import datetime
from typing import Any

from dashboard.access.rights import Role
from dashboard.access.sql import statement
from dashboard.access.store import AccessStore, Connection
from dashboard.jobs.job import Asker, Job, Order, State

#: How many of those that have ended are kept.
KEPT = 500


class Book:
    """The jobs of one workspace, written down."""

    def __init__(self, store: AccessStore) -> None:
        self._store = store

    def add(self, order: Order, at: datetime) -> Job:
        """Write a new job down; it is not lost from here on.

        Raises:
            StoreError: It cannot be written.
        """
        values = {
            "kind": order.kind,
            "title": order.title,
            "parameters": json.dumps(dict(order.parameters), ensure_ascii=False),
            "asked_by": order.by.name,
            "role": order.by.role.value,
            "account_id": order.by.account_id,
            "state": State.QUEUED.value,
            "created_at": at.isoformat(),
        }
        job_id = self._store.write(
            lambda connection: connection.execute(statement("jobs/insert"), values).fetchall()
        )[0][0]
        return Job(int(job_id), order, at)

    def keep(self, job: Job) -> None:
        """Write down what became of a job.

        Raises:
            StoreError: It cannot be written.
        """
        values = {
            "job_id": job.job_id,
            "state": job.state.value,
            "lines": json.dumps(job.lines, ensure_ascii=False),
            "exit_code": job.exit_code,
            "attempts": job.attempts,
            "journal_number": job.journal_number,
            "started_at": job.started_at.isoformat() if job.started_at else None,
            "ended_at": job.ended_at.isoformat() if job.ended_at else None,
        }
        self._store.write(
            lambda connection: connection.execute(statement("jobs/update"), values).fetchall()
        )

    def jobs(self) -> list[Job]:
        """Return every job, the oldest first; those that ended long ago are dropped before.

        Raises:
            StoreError: They cannot be read.
        """
        self._store.write(
            lambda connection: connection.execute(
                statement("jobs/prune"), {"kept": KEPT}
            ).fetchall()
        )
        return [_job(row) for row in self._store.read(_rows)]


def _job(row: dict[str, Any]) -> Job:
    asker = Asker(row["asked_by"], Role(row["role"]), row["account_id"])
    return Job(
        row["job_id"],
        Order(row["kind"], row["title"], json.loads(row["parameters"]), asker),
        datetime.fromisoformat(row["created_at"]),
        State(row["state"]),
        tuple(json.loads(row["lines"])),
        exit_code=row["exit_code"],
        attempts=row["attempts"],
        journal_number=row["journal_number"],
        started_at=_moment(row["started_at"]),
        ended_at=_moment(row["ended_at"]),
    )


def _rows(connection: Connection) -> list[dict[str, Any]]:
    found = connection.execute(statement("jobs/list"))
    names = [column for column, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
