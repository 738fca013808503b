"""Every job, command and file to take away by every role, and every row of the sample company.

Which there are is read from the application; what each role may is written out here by hand.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.main import get_command

from dashboard import downloads, session
from dashboard.access.rights import RIGHTS, Capability, Role
from dashboard.access.visitor import Visitor
from dashboard.cli import app
from dashboard.exports import TABLES
from dashboard.jobs import kinds, runners
from dashboard.jobs.desk import Desk, may_see
from dashboard.jobs.job import Asker, Job, Order, State
from dashboard.jobs.runners import COMMAND, Output
from dashboard.rhythm import actions
from dashboard.rhythm.meeting.model import Kind, Status
from dashboard.rhythm.meeting.reading import meetings
from dashboard.spreadsheets import Ending
from pipelines import backup, clock
from pipelines.context import Context, open_context
from pipelines.errors import Cap90Error
from pipelines.sample import PEOPLE
from tests.builders.by_hand import TODAY
from tests.builders.pages import showing
from tests.builders.sample import sample_workspace

ZOE, MARC_ANDRE = PEOPLE[:2]
#: Everybody, as tables of expectations write them: O, M, S, V.
VISITORS = {
    "O": Visitor("Louise Gagnon", Role.OWNER, 1, session_id="o"),
    "M": Visitor("Paul Roy", Role.MANAGER, 2, session_id="m"),
    "S": Visitor(ZOE, Role.SALESPERSON, 3, names=frozenset({ZOE}), session_id="s"),
    "V": Visitor("Anne Roy", Role.VIEWER, 4, session_id="v"),
}
#: Who may have a kind of job done; a command is a kind of job.
JOBS = {
    **dict.fromkeys(("kpi list", "kpi show", "kpi rows", "target list", "report"), "OMS"),
    **dict.fromkeys(("upload", "import", "imports list"), "OM"),
    **dict.fromkeys(("choose", "target set", "limits lock", "letters"), "OM"),
    **dict.fromkeys(("user", "user list", "backup", "check", "restore", "forget"), "O"),
}
#: Commands that are no jobs: they begin a workspace, or serve it.
BY_THEMSELVES = {"demo", "init", "run"}
FILES = {
    **dict.fromkeys(("weekly_pdf", "minutes_pdf", "minutes_md", "minutes_ics"), "OMSV"),
    **dict.fromkeys(("gap_review_pdf", "gap_review_md", "quarter_pdf", "quarter_md"), "OMSV"),
    "preparation_pdf": "OMS",
    **dict.fromkeys(("backup", "audit_csv"), "O"),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with open_context(sample_workspace(tmp_path_factory.mktemp("to_do"))) as context:
        yield context.on(TODAY)


def commands(command: Any, *before: str) -> Iterator[str]:
    """Return every command there is, as it is typed."""
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, *before, name)
    if not hasattr(command, "commands"):
        yield " ".join(before)


def test_every_kind_of_job_and_every_command_has_an_expectation() -> None:
    known = set(kinds._KINDS)
    typed = set(commands(get_command(app)))

    assert known == set(JOBS)
    for command in typed - BY_THEMSELVES:
        assert command in known or command.partition(" ")[0] in known, command
    assert not BY_THEMSELVES - typed


def test_every_job_is_done_for_those_who_may_and_refused_to_others(
    sample: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []

    def do(job: Job, _output: Output) -> int:
        done.append((job.order.kind, session.visitor().name))
        return 0

    for kind in (*JOBS, COMMAND, "something new"):
        monkeypatch.setitem(runners._runners, kind, do)
    monkeypatch.setitem(runners._runners, COMMAND, do)
    accounts = {visitor.account_id: visitor for visitor in VISITORS.values()}
    desk = Desk(whois=accounts.get)
    asked = 0
    try:
        with showing(sample):
            for (kind, who), (letter, visitor) in product(
                {**JOBS, "something new": "O"}.items(), VISITORS.items()
            ):
                # whatever somebody was when they asked: what they are now counts
                by = Asker(visitor.name, Role.OWNER, visitor.account_id)
                job = desk.wait(desk.submit(Order(kind, kind, {}, by)).job_id, 30)
                was_done = (kind, visitor.name) in done
                assert was_done == (letter in who), (kind, letter)
                if job is not None:
                    assert job.state is (State.DONE if letter in who else State.REFUSED)
                asked += 1
    finally:
        desk.close()
    print(f"\njobs x roles: {asked}")  # noqa: T201 - counted for the record


def test_a_job_of_somebody_else_is_seen_by_those_whose_trade_it_is() -> None:
    theirs = {"O": set(JOBS), "M": {kind for kind, who in JOBS.items() if "M" in who}}
    for kind, (letter, visitor) in product(JOBS, VISITORS.items()):
        order = Order(kind, "q", {}, Asker("Somebody", Role.OWNER, 99))
        mine = Order(kind, "q", {}, Asker(visitor.name, visitor.role, visitor.account_id))

        assert may_see(Job(1, order, clock.now()), visitor) == (kind in theirs.get(letter, set()))
        assert may_see(Job(1, mine, clock.now()), visitor)


def test_every_file_is_made_for_those_who_may_have_it(sample: Context, tmp_path: Path) -> None:
    made = backup.by_hand(sample.workspace, sample.store)
    held = {line.status: str(line.meeting_id) for line in meetings(sample)}
    closed, planned = ({"meeting": held[one]} for one in (Status.CLOSED, Status.PLANNED))
    kept = {
        line.kind: {"meeting": str(line.meeting_id)}
        for line in meetings(sample)
        if line.status is Status.CLOSED
    }
    parameters: Mapping[str, Mapping[str, str]] = {
        **dict.fromkeys(("minutes_pdf", "minutes_md", "minutes_ics"), closed),
        "preparation_pdf": planned,
        **dict.fromkeys(("gap_review_pdf", "gap_review_md"), kept[Kind.MONTHLY]),
        **dict.fromkeys(("quarter_pdf", "quarter_md"), kept[Kind.QUARTERLY]),
        "weekly_pdf": {"week": "2026-W46"},
        "backup": {"name": made.path.name},
        "audit_csv": {},
    }
    tables = {f"{name}_{ending}" for name in TABLES for ending in Ending}  # have tests of their own
    assert set(downloads._KINDS) - tables == set(FILES) == set(parameters)
    client = TestClient(Starlette(routes=[downloads.ROUTE]))
    for (kind, who), (letter, visitor) in product(FILES.items(), VISITORS.items()):
        with showing(sample, visitor):
            link = downloads.link(kind, "a file", language="en", **parameters[kind])
            assert client.get(link.removeprefix(".")).status_code == (
                200 if letter in who else 404
            ), (kind, letter)
        for other in VISITORS.values():
            if other is not visitor:
                with showing(sample, other):
                    assert client.get(link.removeprefix(".")).status_code == 404
    with showing(sample, VISITORS["O"]):
        for name in ("../access.sqlite", "/etc/passwd", "cap90.toml", "", made.path.name + "x"):
            link = downloads.link("backup", "a file", language="en", name=name)
            assert client.get(link.removeprefix(".")).status_code in {404, 500}
    assert tmp_path.exists()


def test_a_salesperson_changes_no_action_of_a_colleague_whose_number_they_guess(
    sample: Context,
) -> None:
    listed = actions.list_actions(sample)
    mine = sample.by(VISITORS["S"].actor(sample.workspace.settings))
    changes: dict[str, Callable[[Any], object]] = {
        "complete": lambda one: actions.complete(mine, one.action_id, one.version),
        "reopen": lambda one: actions.reopen(mine, one.action_id, one.version),
        "move": lambda one: actions.move(mine, one.action_id, one.version, TODAY, "because"),
        "assign": lambda one: actions.assign(mine, one.action_id, one.version, ZOE),
        "rename": lambda one: actions.rename(mine, one.action_id, one.version, "Mine now"),
        "link": lambda one: actions.link(mine, one.action_id, one.version, "sales_won"),
    }
    version, refused = sample.store.version, 0
    for one, change in product(listed, changes.values()):
        if one.owner == ZOE:
            continue
        with pytest.raises(Cap90Error) as told:
            change(one)
        refused += 1
        assert not [name for name in PEOPLE[1:] if name in str(told.value)]
        assert one.title not in str(told.value)
        assert actions.history(mine, one.action_id) == ()
    assert refused >= 6 * len(changes)
    assert sample.store.version == version
    # a number that nobody has is answered in the same words
    with pytest.raises(Cap90Error) as nobody:
        actions.complete(mine, 99_999, 1)
    other = next(one for one in listed if one.owner != ZOE)
    with pytest.raises(Cap90Error) as colleague:
        actions.complete(mine, other.action_id, other.version)
    theirs = str(other.action_id)
    assert str(nobody.value).replace("99999", theirs) == str(colleague.value)
    with pytest.raises(Cap90Error):
        actions.add_action(mine, "For somebody else", MARC_ANDRE, TODAY)
    print(f"\nactions x changes refused: {refused}")  # noqa: T201 - counted for the record


def test_the_table_of_rights_says_what_the_roles_are_meant_to_be() -> None:
    owner = {one.value for one in Capability}

    assert {one.value for one in RIGHTS[Role.OWNER]} == owner
    assert {one.value for one in RIGHTS[Role.MANAGER]} == owner - {
        *("manage_accounts", "keep_backups", "read_audit", "erase"),
    }
    assert {one.value for one in RIGHTS[Role.SALESPERSON]} == {
        *("see_reviews", "see_figures", "do_actions", "take_part"),
    }
    assert {one.value for one in RIGHTS[Role.VIEWER]} == {"see_reviews"}
