"""Backups of the workspace that is served: made and put back, and in whose name it is done."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.jobs.current import desk
from dashboard.jobs.job import Asker, Job, Order
from dashboard.jobs.runners import Output, register
from dashboard.soundness import accounts_of, inspect_accounts
from dashboard.text import language_of, render
from pipelines import backup, clock, journal
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import BackupError, Problem, msg


@dataclass(frozen=True)
class Shelf:
    """What there is to go back to.

    Attributes:
        backups: The newest first.
        damaged: Names of files that are called backups and cannot be read.
        free: Bytes left on the disk.
        problems: Why the last backup of the day was not made; empty if it was.
        replaced: What restores replaced: when, in the company's time, and in which folder.
    """

    backups: tuple[backup.Backup, ...]
    damaged: tuple[str, ...]
    free: int
    problems: tuple[Problem, ...] = ()
    replaced: tuple[tuple[datetime, Path], ...] = ()


def shelf() -> Shelf:
    """Return the backups of the workspace.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
    """
    session.require(Capability.KEEP_BACKUPS)
    workspace = session.served().workspace
    return Shelf(
        backup.backups(workspace),
        tuple(path.name for path in backup.damaged(workspace)),
        shutil.disk_usage(workspace.root).free,
        _timer.problems if _timer else (),
        backup.replaced_states(workspace),
    )


@dataclass(frozen=True)
class Restoration:
    """What everybody is told for a while after a backup was put back.

    Attributes:
        at: In UTC, as is ``created``, the moment of the backup.
        by: Who did it.
        kept: The name of the folder, among the backups, with what was there before.
    """

    at: datetime
    by: str
    created: datetime
    kept: str | None


def just_restored() -> Restoration | None:
    """Return what was restored by this process a moment ago: whoever logs in again is told."""
    if _restored is None or not session.serves(_restored[0]):
        return None
    return _restored[1] if clock.now() - _restored[1].at <= _TOLD_FOR else None


def make() -> backup.Backup:
    """Make a backup with everything, the imported files included, and write down who did.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
        BackupError: It could not be made.
    """
    session.require(Capability.KEEP_BACKUPS)
    return make_of(session.current())


def make_of(context: Context, out: Path | None = None) -> backup.Backup:
    """Make a backup of an opened workspace; see ``make``.

    Args:
        context: In the hands of whoever wants it.
        out: See ``backup.by_hand``.
    """
    made = backup.by_hand(context.workspace, context.store, out)
    state = {"file": made.path.name, "rows": made.manifest.row_count}
    with accounts_of(context) as access:
        access.audit.note(context.actor.name, "backup.made", f"file {made.path.name}", state)
    return made


def restore(file: Path) -> backup.Restored:
    """Put a backup in the place of what is served; every page shows it right afterwards.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
        BackupError: The backup cannot be restored; everything is as it was.
    """
    global _restored  # noqa: PLW0603 - a process serves one workspace
    session.require(Capability.KEEP_BACKUPS)
    context, access = session.served(), session.access()
    # before the exchange: nobody is logged in after it, not even whoever does this
    by = session.visitor().name

    @contextmanager
    def away() -> Iterator[None]:
        # the accounts first: the audit trail reads the data while it holds them
        with access.store.away(), context.store.away():
            yield

    restored = backup.restore(
        context.workspace.root, file, away=away, inspect_accounts=inspect_accounts
    )
    session.reload()
    note_restored(session.served().by(Actor(by)), restored, file)
    kept = restored.kept.name if restored.kept else None
    told = Restoration(clock.now(), by, restored.manifest.created, kept)
    _restored = session.served(), told
    return restored


def note_restored(context: Context, restored: backup.Restored, file: Path) -> None:
    """Write down that and by whom it was restored: in the data, and in the trail that came with it."""
    context.store.write(
        lambda cursor: journal.note(
            cursor,
            context.actor,
            "backup.restored",
            file.name,
            after={
                "created": restored.manifest.created.isoformat(),
                "kept": restored.kept.name if restored.kept else None,
            },
        )
    )
    if session.serves(context) or context.workspace.accounts.exists():
        with accounts_of(context) as access:
            access.audit.take_over(context)


def file_of(name: str) -> Path:
    """Return one of the backups by its file's name.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
        BackupError: There is none of that name.
    """
    for one in shelf().backups:
        if one.path.name == name:
            return one.path
    raise BackupError.of(
        msg("There is no such backup any more."), where=name, hint=msg("Choose another one.")
    )


def submit_backup() -> int:
    """Have a backup made as a job; return its number.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
    """
    return _submit(_MAKE, "cap90 backup", {})


def submit_restore(name: str) -> int:
    """Have one of the backups restored as a job; return its number.

    Raises:
        AccessRefused: Whoever asks may not keep backups.
        BackupError: There is none of that name.
    """
    return _submit(_RESTORE, f"cap90 restore {file_of(name).name}", {"name": name})


def _submit(kind: str, title: str, parameters: Mapping[str, str]) -> int:
    session.require(Capability.KEEP_BACKUPS)
    visitor = session.visitor()
    by = Asker(visitor.name, visitor.role, visitor.account_id)
    return desk().submit(Order(kind, title, parameters, by)).job_id


def _make_as_job(_job: Job, output: Output) -> int:
    output.result = made = make()
    output.out(f"{made.path.name}\n")
    return 0


def _restore_as_job(job: Job, output: Output) -> int:
    output.result = restored = restore(file_of(job.order.parameters["name"]))
    said = msg(
        "Restored: everything is as it was on {day}. Everybody has to log in again.",
        day=restored.manifest.day,
    )
    language = language_of(session.served().workspace.settings.locale)
    output.out(f"{render(said, language)}\n")
    return 0


_MAKE, _RESTORE = "backup page", "restore page"
register(_MAKE, _make_as_job)
register(_RESTORE, _restore_as_job)

_TOLD_FOR = timedelta(minutes=15)
_restored: tuple[Context, Restoration] | None = None
_timer: backup.Timer | None = None


def begin() -> None:
    """Make the day's backup from now on, while the workspace is served."""
    global _timer  # noqa: PLW0603 - a process serves one workspace

    def work() -> None:
        context = session.served()
        backup.daily(context.workspace, context.store)

    _timer = backup.Timer(work)
    _timer.start()


def end() -> None:
    """Make no more backups; what is being made is finished first. Ending twice is harmless."""
    global _timer  # noqa: PLW0603 - as above
    if _timer is not None:
        _timer.stop()
        _timer = None
