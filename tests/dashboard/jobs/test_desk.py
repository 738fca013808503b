"""Jobs: in turn or beside, stopped, resumed, and always in somebody's name."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import session
from dashboard.access.rights import Role
from dashboard.access.store import AccessStore
from dashboard.access.visitor import Visitor
from dashboard.jobs import runners
from dashboard.jobs.book import KEPT, Book
from dashboard.jobs.desk import Desk, may_see
from dashboard.jobs.job import Asker, Job, Order, State
from dashboard.jobs.runners import COMMAND, Output
from pipelines import journal, work, workspace
from pipelines.actor import Actor
from pipelines.context import Context, open_context
from pipelines.errors import Refused, msg
from pipelines.settings import Settings

OWNER = Asker("Louise", Role.OWNER)
SECONDS = 30
AT = datetime.fromisoformat("2026-11-21T08:00:00")


@dataclass
class Bench:
    """Jobs whose work a test decides about: by title."""

    context: Context
    book: Book
    works: dict[str, Callable[[Job, Output], int]] = field(default_factory=dict)
    began: list[str] = field(default_factory=list)
    stack: ExitStack = field(default_factory=ExitStack)

    def desk(self, whois: Callable[[int], Visitor | None] = lambda _: None) -> Desk:
        opened = Desk(self.book, whois)
        self.stack.callback(opened.close)
        opened.resume()
        return opened

    def do(self, job: Job, output: Output) -> int:
        self.began.append(job.order.title)
        doing = self.works.get(job.order.title)
        return doing(job, output) if doing else 0


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    made = workspace.create(tmp_path / "company", Settings(company="Atelier Neuf"))
    with ExitStack() as stack:
        context = stack.enter_context(open_context(made.root))
        store = AccessStore.open(tmp_path / "access.sqlite")
        stack.callback(store.close)
        session.use(context)
        stack.callback(session.leave)
        bench = Bench(context, Book(store), stack=stack)
        monkeypatch.setitem(runners._runners, COMMAND, bench.do)
        yield bench


def order(title: str, kind: str = "import", by: Asker = OWNER, **parameters: Any) -> Order:
    return Order(kind, title, parameters, by)


def done(desk: Desk, job: Job) -> Job:
    found = desk.wait(job.job_id, SECONDS)
    assert found is not None
    assert found.state.ended
    return found


def after(doing: Callable[[Output], None]) -> Callable[[Job, Output], int]:
    """Return a job that does this and is done."""

    def do(_: Job, output: Output) -> int:
        doing(output)
        return 0

    return do


class Gate:
    """A job that says when it has begun, and goes on when it is let."""

    def __init__(self) -> None:
        self.began, self.go = threading.Event(), threading.Event()

    def __call__(self, _job: Job, _output: Output) -> int:
        self.began.set()
        assert self.go.wait(SECONDS)
        work.current().check()
        return 0


def test_jobs_that_change_data_are_done_one_at_a_time_in_the_order_they_came(bench: Bench) -> None:
    first = bench.works["first"] = Gate()
    desk = bench.desk()

    jobs = [desk.submit(order(title)) for title in ("first", "second", "third")]
    assert first.began.wait(SECONDS)
    began = list(bench.began)
    busy = desk.is_busy(jobs[1].job_id)
    first.go.set()

    assert [done(desk, job).state for job in jobs] == [State.DONE] * 3
    assert (began, busy) == (["first"], True)
    assert bench.began == ["first", "second", "third"]


def test_a_report_does_not_wait_for_an_import(bench: Bench) -> None:
    long = bench.works["long"] = Gate()
    desk = bench.desk()
    desk.submit(order("long"))
    assert long.began.wait(SECONDS)

    report = desk.submit(order("report", "report weekly"))

    assert done(desk, report).state is State.DONE
    long.go.set()


def test_whoever_waits_hears_everything_in_order_and_the_end_last(bench: Bench) -> None:
    def speak(_: Job, output: Output) -> int:
        output.out("one\ntw")
        work.current().step(msg("Saving"))
        output.err("careful\n")
        output.out("o\n")
        return 1

    bench.works["speak"] = speak
    desk, heard = bench.desk(), list[dict[str, Any]]()

    job = done(desk, desk.submit(order("speak"), lambda chunk: heard.append(dict(chunk))))

    assert [str(value) for chunk in heard for value in chunk.values()] == [
        "one\ntw", "Saving", "careful\n", "o\n", "1"
    ]  # fmt: skip
    assert [next(iter(chunk)) for chunk in heard] == ["out", "progress", "err", "out", "end"]
    assert (job.state, job.exit_code) == (State.REFUSED, 1)


def test_what_waits_is_stopped_at_once_and_never_begins(bench: Bench) -> None:
    first = bench.works["first"] = Gate()
    desk = bench.desk()
    running = desk.submit(order("first"))
    waiting = desk.submit(order("second"))
    assert first.began.wait(SECONDS)

    assert desk.cancel(waiting.job_id)

    assert done(desk, waiting).state is State.CANCELLED
    first.go.set()
    assert done(desk, running).state is State.DONE
    assert bench.began == ["first"]
    assert not desk.cancel(waiting.job_id)
    assert not desk.cancel(12_345)


def test_what_runs_is_stopped_at_its_next_step_and_says_so(bench: Bench) -> None:
    first = bench.works["first"] = Gate()
    desk = bench.desk()
    job = desk.submit(order("first"))
    assert first.began.wait(SECONDS)

    assert desk.cancel(job.job_id)
    first.go.set()

    ended = done(desk, job)
    assert (ended.state, ended.exit_code) == (State.CANCELLED, 1)
    assert "nothing was changed" in ended.lines[-1]


def test_a_stop_that_comes_after_everything_was_saved_changes_nothing(bench: Bench) -> None:
    saved, go = threading.Event(), threading.Event()

    def save(_: Job, __: Output) -> int:
        saved.set()
        assert go.wait(SECONDS)
        return 0

    bench.works["saved"] = save
    desk = bench.desk()
    job = desk.submit(order("saved"))
    assert saved.wait(SECONDS)

    desk.cancel(job.job_id)
    go.set()

    assert done(desk, job).state is State.DONE


def test_a_refusal_and_a_failure_are_sentences_and_the_next_job_is_done(bench: Bench) -> None:
    def refuse(_: Job, __: Output) -> int:
        raise Refused.of(msg("Four KPIs are too few."))

    def fail(_: Job, __: Output) -> int:
        raise ZeroDivisionError

    bench.works |= {"refused": refuse, "failed": fail}
    desk = bench.desk()

    jobs = [done(desk, desk.submit(order(title))) for title in ("refused", "failed", "fine")]

    assert [job.state for job in jobs] == [State.REFUSED, State.REFUSED, State.DONE]
    assert jobs[0].lines == ("Four KPIs are too few.",)
    assert jobs[1].lines == ("Something went wrong that Cap 90 did not expect.",)


# --- in whose name ----------------------------------------------------------------------------


def test_a_job_of_an_account_runs_with_the_role_of_the_moment(bench: Bench) -> None:
    first = bench.works["first"] = Gate()
    asked = Asker("Anne", Role.MANAGER, 7)
    now = {7: Visitor("Anne", Role.MANAGER, 7)}
    seen: list[Visitor] = []
    bench.works["second"] = after(lambda _: seen.append(session.visitor()))
    desk = bench.desk(now.get)
    desk.submit(order("first"))
    assert first.began.wait(SECONDS)
    demoted = desk.submit(order("second", by=asked))
    now[7] = Visitor("Anne", Role.SALESPERSON, 7)
    first.go.set()

    refused = done(desk, demoted)
    now[7] = Visitor("Anne", Role.MANAGER, 7)
    accepted = done(desk, desk.submit(order("second", by=asked)))

    assert (refused.state, accepted.state) == (State.REFUSED, State.DONE)
    assert "Your account does not include this: taking in files." in refused.lines[0]
    assert [visitor.account_id for visitor in seen] == [7]


def test_a_job_of_an_account_that_was_closed_meanwhile_is_refused(bench: Bench) -> None:
    desk = bench.desk(lambda _: None)

    job = done(desk, desk.submit(order("import", by=Asker("Anne", Role.MANAGER, 7))))

    assert (job.state, bench.began) == (State.REFUSED, [])
    assert "The account of Anne was closed" in job.lines[0]


def test_people_see_their_own_jobs_and_those_of_their_trade() -> None:
    anne, bruno = Asker("Anne", Role.MANAGER, 7), Asker("Bruno", Role.SALESPERSON, 8)
    file, invitation = (Job(1, order("x", kind, OWNER), AT) for kind in ("import", "user add"))
    report = Job(3, order("x", "report weekly", bruno), AT)

    def sees(who: Asker, job: Job) -> bool:
        return may_see(job, Visitor(who.name, who.role, who.account_id))

    assert (sees(anne, file), sees(anne, invitation), sees(anne, report)) == (True, False, True)
    assert (sees(bruno, file), sees(bruno, invitation), sees(bruno, report)) == (False, False, True)
    assert sees(OWNER, invitation)


def test_what_lets_somebody_in_is_not_kept(bench: Bench) -> None:
    bench.works["add"] = after(lambda output: output.out("https://x/link/secret\n"))
    desk, heard = bench.desk(), list[dict[str, Any]]()

    job = done(desk, desk.submit(order("add", "user add"), lambda chunk: heard.append(dict(chunk))))

    assert heard[0] == {"out": "https://x/link/secret\n"}
    assert (job.lines, bench.book.jobs()[0].lines) == ((), ())


def test_a_document_for_a_program_is_not_kept(bench: Bench) -> None:
    bench.works["json"] = after(lambda output: output.out("[1]\n"))
    desk = bench.desk()

    job = done(desk, desk.submit(order("json", argv=["import", "--json"])))

    assert job.lines == ()


# --- the next start ---------------------------------------------------------------------------


def left_running(bench: Bench, kind: str, **changes: Any) -> Job:
    """Leave a job behind as a crash does."""
    job = bench.book.add(order("cut off", kind), AT)
    left = Job(
        **{
            **{name: getattr(job, name) for name in job.__dataclass_fields__},
            "state": State.RUNNING,
            "attempts": 1,
            "journal_number": 0,
            **changes,
        }
    )
    bench.book.keep(left)
    return left


def test_what_waited_is_done_after_a_restart_in_the_same_order(bench: Bench) -> None:
    for title in ("one", "two"):
        bench.book.add(order(title), AT)

    desk = bench.desk()

    assert [done(desk, job).state for job in desk.jobs()] == [State.DONE] * 2
    assert bench.began == ["one", "two"]


@pytest.mark.parametrize("kind", ["import", "upload", "backup", "report weekly", "check"])
def test_what_may_be_done_twice_is_done_again_after_a_crash(
    bench: Bench, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(runners._runners, "upload", bench.do)
    left = left_running(bench, kind)

    desk = bench.desk()

    ended = done(desk, left)
    assert (ended.state, ended.attempts, bench.began) == (State.DONE, 2, ["cut off"])
    assert ended.lines[0] == "Cap 90 stopped meanwhile; this is done again."


@pytest.mark.parametrize("kind", ["target set", "choose", "limits lock"])
def test_a_change_is_done_again_only_if_the_journal_proves_that_it_did_not_happen(
    bench: Bench, kind: str
) -> None:
    def note(name: str) -> int:
        def write(cursor: Any) -> int:
            journal.note(cursor, Actor(name), "target.set", "target 1", after={"value": 1})
            return journal.newest(cursor)

        return bench.context.store.write(write)

    before = note("Louise")
    note("Somebody else")
    unchanged = left_running(bench, kind, journal_number=before)
    first = bench.desk()
    assert done(first, unchanged).state is State.DONE
    first.close()

    changed = left_running(bench, kind, journal_number=before)
    note("Louise")
    ended = done(bench.desk(), changed)

    assert ended.state is State.INTERRUPTED
    assert ended.lines[-1].startswith("Cap 90 stopped while it did this.")
    assert bench.began == ["cut off"]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [("import", {"attempts": 3}), ("user add", {}), ("choose", {"journal_number": None})],
)
def test_what_brings_the_app_down_again_or_cannot_be_proved_is_left_to_people(
    bench: Bench, kind: str, changes: dict[str, Any]
) -> None:
    left = left_running(bench, kind, **changes)

    ended = done(bench.desk(), left)

    assert (ended.state, ended.exit_code, bench.began) == (State.INTERRUPTED, 1, [])


def test_the_number_of_the_journal_is_written_down_before_a_change_begins(bench: Bench) -> None:
    seen: list[Job] = []
    bench.works["target"] = after(lambda _: seen.extend(bench.book.jobs()))
    desk = bench.desk()

    done(desk, desk.submit(order("target", "target set")))

    assert [(job.state, job.journal_number) for job in seen] == [(State.RUNNING, 0)]


def test_the_end_of_the_app_lets_nothing_be_lost_and_nothing_be_done_twice(bench: Bench) -> None:
    running = bench.works["running"] = Gate()
    heard: dict[str, list[dict[str, Any]]] = {"asked": [], "waited for": []}
    desk = bench.desk()
    jobs = {
        "running": desk.submit(order("running")),
        "waiting": desk.submit(order("waiting")),
        "waited for": desk.submit(
            order("waited for"), lambda chunk: heard["waited for"].append(dict(chunk))
        ),
    }
    assert running.began.wait(SECONDS)

    running.go.set()  # it notices that it is to stop
    bench.works["running"] = lambda *_: 0
    desk.close()
    with pytest.raises(Refused):
        desk.submit(order("too late"))
    later = bench.desk()

    states = {title: done(later, job).state for title, job in jobs.items()}
    assert states["waiting"] is State.DONE
    # the one that ran was either done before it could be told, or is done now; never twice
    assert states["running"] is State.DONE
    assert bench.began.count("waiting") == 1
    assert heard["waited for"] in ([{"again": True}], [{"end": 0}])


def test_somebody_who_waits_for_a_job_that_never_began_may_ask_elsewhere(bench: Bench) -> None:
    running = bench.works["running"] = Gate()
    desk, heard = bench.desk(), list[dict[str, Any]]()
    desk.submit(order("running"))
    assert running.began.wait(SECONDS)
    job = desk.submit(order("waited for"), lambda chunk: heard.append(dict(chunk)))

    closing = threading.Thread(target=desk.close)
    closing.start()
    assert done(desk, job).state is State.CANCELLED
    running.go.set()
    closing.join(SECONDS)

    assert heard == [{"again": True}]
    assert [kept.state for kept in bench.book.jobs()] == [State.QUEUED, State.CANCELLED]


def test_old_jobs_are_dropped_and_the_newest_five_hundred_stay(bench: Bench) -> None:
    for number in range(KEPT + 20):
        job = bench.book.add(order(str(number)), AT)
        if number:  # the first one is still to be done
            bench.book.keep(Job(job.job_id, job.order, AT, State.DONE, exit_code=0, ended_at=AT))

    titles = [job.order.title for job in bench.book.jobs()]

    assert titles == ["0", *(str(number) for number in range(20, KEPT + 20))]


def test_without_a_place_to_write_jobs_are_done_all_the_same(bench: Bench) -> None:
    desk = Desk()
    bench.stack.callback(desk.close)

    jobs = [desk.submit(order(title)) for title in ("one", "two")]

    assert [done(desk, job).state for job in jobs] == [State.DONE] * 2
    assert [job.order.title for job in desk.jobs()] == ["two", "one"]
