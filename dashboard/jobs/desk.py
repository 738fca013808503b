"""The desk where jobs are handed in: those that change data one at a time, the others beside."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
from dashboard.jobs.book import KEPT, Book
from dashboard.jobs.job import Asker, Job, Order, State
from dashboard.jobs.kinds import Again, kind_of
from dashboard.jobs.live import Follower, Live
from dashboard.jobs.recovery import after_a_crash, journal_number
from dashboard.jobs.runners import runner_of
from dashboard.text import Language, language_of, render
from pipelines import clock
from pipelines.errors import AccessRefused, Cap90Error, Refused, msg
from pipelines.work import Stopped, doing

#: Finds the visitor that an account stands for now; None: nobody may come in with it any more.
WhoIs = Callable[[int], Visitor | None]

_BESIDE = 6
#: How long the end of the app waits for a job that was told to stop.
_PATIENCE_SECONDS = 20.0
_log = logging.getLogger(__name__)


def _nobody(_account_id: int) -> Visitor | None:
    return None


class Desk:
    """The jobs of the workspace that ``session`` serves.

    Args:
        book: Where jobs are written down; None: they last as long as this process.
        whois: Asked again when a job runs that somebody with an account asked for.
    """

    def __init__(self, book: Book | None = None, whois: WhoIs = _nobody) -> None:
        self._book = book
        self._whois = whois
        self._lock = threading.Condition()
        self._lives: dict[int, Live] = {}
        self._turn: deque[Live] = deque()
        self._closing = False
        self._last_unkept = 0
        self._beside = ThreadPoolExecutor(_BESIDE, "jobs-beside")
        self._worker = threading.Thread(target=self._work_in_turn, name="jobs", daemon=True)
        self._worker.start()

    def resume(self) -> None:
        """Go on with what an earlier process left: what waited, and what may be done again.

        Raises:
            StoreError: The jobs cannot be read or written.
        """
        for job in self._book.jobs() if self._book else []:
            found = job
            if job.state is State.RUNNING:
                found = after_a_crash(job, self._language())
                self._keep(found)
            live = Live(found)
            if found.state is State.QUEUED:
                self._queue(live)
            else:
                live.ended.set()
                with self._lock:
                    self._lives[found.job_id] = live

    def submit(self, order: Order, follower: Follower | None = None) -> Job:
        """Hand a job in; once this returns it is not lost.

        Args:
            follower: Told everything it says from the beginning, and how it ends.

        Raises:
            Refused: The app is ending.
            StoreError: It cannot be written down.
        """
        with self._lock:
            if self._closing:
                raise Refused.of(
                    msg("Cap 90 is being closed."), hint=msg("Open it again and try once more.")
                )
        kind = kind_of(order.kind)
        if kind.kept and self._book:
            job = self._book.add(order, clock.now())
        else:
            with self._lock:
                self._last_unkept -= 1
                job = Job(self._last_unkept, order, clock.now())
        live = Live(job, follower)
        self._queue(live)
        return job

    def cancel(self, job_id: int) -> bool:
        """Stop a job: at once if it waits, at its next step if it runs, never after it saved.

        Returns:
            Whether there was anything to stop.
        """
        with self._lock:
            live = self._lives.get(job_id)
            if live is None or live.job.state.ended:
                return False
            waiting = live.job.state is State.QUEUED
            if waiting:
                self._become(live, State.CANCELLED, ended_at=clock.now(), exit_code=1)
        if not waiting:
            live.work.stop()
            return True
        self._say_stopped(live)
        self._settle(live)
        return True

    def job(self, job_id: int) -> Job | None:
        """Return a job as it is now."""
        live = self._lives.get(job_id)
        return live.now() if live else None

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs that are kept, the newest first."""
        with self._lock:
            lives = [live for live in self._lives.values() if live.kind.kept]
        return tuple(live.now() for live in sorted(lives, key=_newest_first))

    def is_busy(self, job_id: int) -> bool:
        """Tell whether a job has to wait until others are done."""
        with self._lock:
            live = self._lives.get(job_id)
            waits = live is not None and live.kind.in_turn and live.job.state is State.QUEUED
            return waits and any(
                other.job.state is State.RUNNING and other.kind.in_turn
                for other in self._lives.values()
            )

    def wait(self, job_id: int, seconds: float | None = None) -> Job | None:
        """Wait for a job to end, and return it as it is then."""
        live = self._lives.get(job_id)
        if live is not None:
            live.ended.wait(seconds)
        return self.job(job_id)

    def close(self) -> None:
        """Stop what runs, and end; what waits goes on at the next start.

        Whoever waits for a job is told: if nothing of it was done, it may be asked for elsewhere.
        """
        with self._lock:
            if self._closing:
                return
            self._closing = True
            lives = [live for live in self._lives.values() if not live.job.state.ended]
            waiting = [live for live in lives if live.job.state is State.QUEUED]
            for live in waiting:
                if live.follower is not None:
                    self._become(live, State.CANCELLED, ended_at=clock.now(), exit_code=1)
            self._lock.notify_all()
        for live in lives:
            if live not in waiting:
                live.resumes = live.follower is None and live.kind.kept
                live.work.stop()
            elif live.follower is not None:
                self._keep(live.now())
                live.send_away()
        self._beside.shutdown(wait=True, cancel_futures=True)
        self._worker.join(_PATIENCE_SECONDS)

    def _queue(self, live: Live) -> None:
        with self._lock:
            self._lives[live.job.job_id] = live
            if live.kind.in_turn:
                self._turn.append(live)
                self._lock.notify_all()
                return
        self._beside.submit(self._run, live)

    def _work_in_turn(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._closing or self._turn)
                if self._closing:
                    return
                live = self._turn.popleft()
            self._run(live)

    def _run(self, live: Live) -> None:
        with self._lock:
            if live.job.state is not State.QUEUED or self._ending():
                return
            self._become(
                live, State.RUNNING, started_at=clock.now(), attempts=live.job.attempts + 1
            )
        state, code = State.REFUSED, 1
        try:
            code = self._do(live)
            state = State.DONE if code == 0 else State.REFUSED
        except Cap90Error as error:
            self._say(live, error)
        except Exception:  # noqa: BLE001 - whatever it is, people get a sentence and the log the rest
            _log.exception("A job failed.")
            self._say(live, Cap90Error.of(msg("Something went wrong that Cap 90 did not expect.")))
        if code and live.work.stopped:
            state = State.CANCELLED
        with self._lock:
            if state is State.CANCELLED and live.resumes:
                # nobody wanted it to stop but the end of the app
                self._become(live, State.QUEUED, started_at=None)
            else:
                self._become(live, state, exit_code=code, ended_at=clock.now())
        self._settle(live)

    def _do(self, live: Live) -> int:
        visitor = self._visitor(live.job.order.by)
        visitor.require(live.kind.needs)
        if live.kind.again is Again.IF_UNCHANGED:
            with self._lock:
                live.job = replace(live.job, journal_number=journal_number())
        if live.kind.kept:
            self._keep(live.now())  # a crash from here on leaves it as running
        with session.acting_as(visitor), doing(live.work):
            return runner_of(live.job.order.kind)(live.now(), live)

    def _visitor(self, by: Asker) -> Visitor:
        if by.account_id is None:
            return Visitor(by.name, by.role)
        found = self._whois(by.account_id)
        if found is None:
            raise AccessRefused.of(
                msg("The account of {name} was closed before this was done.", name=by.name)
            )
        return found

    def _settle(self, live: Live) -> None:
        """Write down how a job ended, then tell whoever waits."""
        try:
            self._keep(live.now())
        except Cap90Error:
            _log.exception("What became of a job could not be written down.")
        with self._lock:
            if not live.kind.kept:
                self._lives.pop(live.job.job_id, None)
            ended = [number for number, one in self._lives.items() if one.job.state.ended]
            for number in ended[:-KEPT]:
                del self._lives[number]
            leaving = self._ending() and live.job.state is State.CANCELLED and not live.spoke
        if leaving:
            live.send_away()
        else:
            live.end(live.job.exit_code or 0)

    def _ending(self) -> bool:
        return self._closing

    def _become(self, live: Live, state: State, **changes: Any) -> None:
        live.job = replace(live.job, state=state, progress=None, **changes)

    def _keep(self, job: Job) -> None:
        if self._book and job.job_id > 0:
            self._book.keep(job)

    def _say(self, live: Live, error: Cap90Error) -> None:
        if isinstance(error, Stopped) and self._ending():
            return
        live.result = error
        for problem in error.problems:
            live.err(f"{render(problem, self._language())}\n")

    def _say_stopped(self, live: Live) -> None:
        self._say(live, Stopped.of(msg("This was stopped before it began; nothing was changed.")))

    @staticmethod
    def _language() -> Language:
        return language_of(session.served().workspace.settings.locale)


def may_see(job: Job, visitor: Visitor) -> bool:
    """Tell whether somebody may know of a job, and stop it: it is theirs, or of their trade."""
    by = job.order.by
    own = (by.account_id, by.name) == (visitor.account_id, visitor.name)
    return own or (visitor.may(Capability.IMPORT) and visitor.may(kind_of(job.order.kind).needs))


def seen_by(visitor: Visitor, jobs: Iterable[Job]) -> tuple[Job, ...]:
    """Return the jobs that somebody may know of."""
    return tuple(job for job in jobs if may_see(job, visitor))


def _newest_first(live: Live) -> int:
    # numbers of jobs that are kept grow; without a book all are negative and fall
    return -abs(live.job.job_id)
