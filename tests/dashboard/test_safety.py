"""Backups on the page, on the command line, and while the pages are open."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import safekeeping, session, soundness
from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.gestures import safety as safety_gestures
from dashboard.jobs.asker import whois
from dashboard.jobs.book import Book
from dashboard.jobs.current import close_desk, open_desk
from dashboard.jobs.desk import Desk
from dashboard.jobs.job import State
from dashboard.navigation import Place
from pipelines import backup
from pipelines.context import Context, open_context
from pipelines.errors import AccessRefused, BackupError
from pipelines.settings import Settings
from pipelines.workspace import create
from tests.builders.backups import deals, deals_file, import_deals
from tests.builders.command_line import cap90
from tests.builders.pages import OWNER, given, open_page, showing, texts
from tests.builders.running_app import door_open

MANAGER = Visitor("Marie", Role.MANAGER)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = create(tmp_path / "erable", Settings(company="Érable"))
    with open_context(made.root) as context:
        import_deals(context, 1)
    return made.root


@pytest.fixture
def context(root: Path) -> Iterator[Context]:
    with (
        open_context(root) as opened,
        Access.open(opened.workspace) as access,
        showing(opened.on(date(2026, 11, 16))) as shown,
    ):
        session.use(shown, access=access)
        yield shown


@contextmanager
def open_desk_of(access: Access) -> Iterator[Desk]:
    try:
        yield open_desk(Book(access.store), whois(access))
    finally:
        close_desk()


def tables(page: AppTest) -> dict[str, Any]:
    """Return the tables of a page, by what they hold."""
    found = (json.loads(element.proto.json)[0] for element in page.get("bidi_component"))
    return {table["title"]: table for table in found if "rows" in table and "caption" in table}


# --- the command line -------------------------------------------------------------------------


def test_a_backup_is_made_and_its_place_is_printed(root: Path) -> None:
    ran = cap90("backup", "--workspace", root)

    assert ran.code == 0
    assert backup.verify(Path(ran.out.strip())).rows["cap90.duckdb"]["deals"] == 20
    assert "It holds the imported files too" in ran.err


def test_a_backup_is_one_document_for_scripts(root: Path, tmp_path: Path) -> None:
    ran = cap90("backup", "--out", tmp_path / "mine.cap90", "--json", "--workspace", root)

    assert ran.document["file"] == str(tmp_path / "mine.cap90")
    assert (ran.document["why"], ran.document["originals"]) == ("by-hand", 1)


def test_a_restore_asks_first_and_nobody_is_there_to_answer(root: Path, tmp_path: Path) -> None:
    cap90("backup", "--out", tmp_path / "mine.cap90", "--workspace", root)

    ran = cap90("restore", tmp_path / "mine.cap90", "--workspace", root)

    assert ran.code == 1
    assert "Nothing was restored" in ran.err
    assert "--yes" in ran.err


def test_a_restore_says_where_the_old_state_lies(root: Path, tmp_path: Path) -> None:
    cap90("backup", "--out", tmp_path / "mine.cap90", "--workspace", root)
    with open_context(root) as opened:
        import_deals(opened, 2)

    ran = cap90("restore", tmp_path / "mine.cap90", "--yes", "--workspace", root)

    assert ran.code == 0
    assert f"What was there before lies in {root}/backups/replaced-" in ran.err
    with open_context(root) as opened:
        assert deals(opened) == 20


def test_a_file_that_is_no_backup_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.cap90").write_bytes(b"cat")

    ran = cap90("restore", tmp_path / "photo.cap90", "--yes", "--workspace", root)

    assert ran.code == 1
    assert "not a Cap 90 backup" in ran.err


def test_a_check_ends_with_1_and_says_what_to_do_when_something_is_wrong(root: Path) -> None:
    assert cap90("check", "--workspace", root).code == 0
    next((root / "imports").iterdir()).unlink()

    ran = cap90("check", "--workspace", root)

    assert ran.code == 1
    assert "The imported file deals1.csv is missing. Restore a backup" in ran.err


def test_a_check_finds_an_audit_trail_that_was_written_anew(root: Path) -> None:
    with open_context(root) as opened, Access.open(opened.workspace) as access:
        accounts.add_account(
            access, OWNER, email="louise@example.test", name="Louise", role=Role.OWNER
        )
    assert cap90("check", "--workspace", root).code == 0
    with closing(sqlite3.connect(root / "access.sqlite")) as connection:
        connection.execute("drop trigger audit_is_not_changed")
        connection.execute("update audit set actor = 'Nobody' where number = 1")
        connection.commit()

    ran = cap90("check", "--workspace", root)

    assert ran.code == 1
    assert "audit trail was changed from entry 1 on" in ran.err


# --- while the pages are open -----------------------------------------------------------------


def test_every_page_shows_the_restored_data_without_a_restart(context: Context) -> None:
    saved = safekeeping.make()
    import_deals(context, 2)
    (context.workspace.root / "cap90.toml").write_text('company = "Bouleau"\n', encoding="utf-8")
    session.reload()
    assert session.current().workspace.settings.company == "Bouleau"

    safekeeping.restore(saved.path)

    assert session.current().workspace.settings.company == "Érable"
    assert deals(session.current()) == 20
    page = open_page(Place.WEEK)
    assert not page.exception


@pytest.mark.usefixtures("context")
def test_everybody_has_to_log_in_again_after_a_restore() -> None:
    access = session.access()
    account = accounts.add_account(
        access, OWNER, email="louise@example.test", name="Louise", role=Role.OWNER
    )
    access.store.write(
        lambda connection: connection.execute("update accounts set state = 'active'").fetchall()
    )
    token = access.sessions.start(account.account_id, "127.0.0.1")
    saved = safekeeping.make()
    assert access.sessions.find(token, active=True) is not None

    safekeeping.restore(saved.path)

    assert access.sessions.find(token, active=True) is None
    assert [one.email for one in accounts.list_accounts(access)] == ["louise@example.test"]


def test_a_restore_is_written_down(context: Context) -> None:
    saved = safekeeping.make()

    safekeeping.restore(saved.path)

    session.access().audit.take_over(context)
    newest = session.access().audit.entries()[0]
    assert (newest.what, newest.subject, newest.actor) == (
        "backup.restored",
        saved.path.name,
        "Louise Gagnon",
    )


def test_a_trail_that_goes_on_from_an_earlier_day_was_not_tampered_with(
    context: Context, tmp_path: Path
) -> None:
    saved = safekeeping.make().path.rename(tmp_path / "earlier.cap90")
    for name in ("Marc", "Zoé"):
        email = f"{name}@example.test"
        accounts.add_account(session.access(), OWNER, email=email, name=name, role=Role.VIEWER)
    later = safekeeping.make()
    assert later.manifest.audit is not None

    safekeeping.restore(saved)

    assert session.access().audit.head().number < later.manifest.audit.number
    assert [one.name for one in soundness.look(context) if one.problems] == []


def test_only_owners_keep_backups(context: Context) -> None:
    with session.acting_as(MANAGER):
        for forbidden in (
            safekeeping.shelf,
            safekeeping.make,
            lambda: safekeeping.restore(Path("x")),
            lambda: list(soundness.look(context)),
            lambda: safekeeping.file_of("x"),
        ):
            with pytest.raises(AccessRefused):
                forbidden()


@pytest.mark.usefixtures("context")
def test_only_files_among_the_backups_can_be_taken_away() -> None:
    made = safekeeping.make()

    assert safekeeping.file_of(made.path.name) == made.path
    for name in ("../cap90.duckdb", "cap90.toml", "", made.path.name + "x"):
        with pytest.raises(BackupError, match="no such backup"):
            safekeeping.file_of(name)


def test_the_open_application_restores_and_goes_on(root: Path, tmp_path: Path) -> None:
    saved = tmp_path / "mine.cap90"
    with door_open(root):
        assert cap90("backup", "--out", saved, "--workspace", root).code == 0
        with_more = cap90("import", deals_file(tmp_path, 2), "--workspace", root)
        assert with_more.code == 0

        ran = cap90("restore", saved, "--yes", "--workspace", root)

        assert (ran.code, ran.out) == (0, "")
        assert "Restored" in ran.err
        listed = cap90("imports", "list", "--json", "--workspace", root)
        assert [one["file"] for one in listed.document] == ["deals1.csv"]
        again = cap90("import", tmp_path / "deals2.csv", "--workspace", root)
        assert again.code == 0
        assert cap90("check", "--workspace", root).code == 0


# --- the page ---------------------------------------------------------------------------------


def button(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def test_the_page_makes_a_backup_and_lists_it(context: Context) -> None:
    page = button(open_page(Place.SAFETY), "backup_now")

    assert not page.exception
    rows = given(page, "table")["rows"]
    assert rows[0][1] == "by hand"
    assert rows[0][4] == "yes"
    assert backup.backups(context.workspace)[0].manifest.why is backup.Why.HAND


def test_the_page_checks_everything_and_says_what_is_wrong(context: Context) -> None:
    page = button(open_page(Place.SAFETY), "check_now")
    assert [one.value for one in page.success] == ["Everything is as it should be."]
    next(context.workspace.imports.iterdir()).unlink()

    page = button(page, "check_now")

    assert [one.value for one in page.error] == ["1 problem was found."]
    assert "deals1.csv is missing" in texts(page)


def test_the_page_restores_only_after_the_word_was_typed(context: Context) -> None:
    saved = safekeeping.make()
    import_deals(context, 2)
    page = open_page(Place.SAFETY)
    page.selectbox(key="backup_chosen").set_value(saved.path.name).run()

    for slip in ("no", "restore"):
        page.text_input(key="restore_word").input(slip)
        page = page.button[-1].click().run()
        assert [one.value for one in page.warning] == [
            "Nothing was restored: type RESTORE, in capitals."
        ]
        assert deals(context) == 40

    page.text_input(key="restore_word").input("RESTORE")
    page = page.button[-1].click().run()
    assert not page.exception
    assert deals(context) == 20
    # said here, to whoever logs in again, and on the page of what there is to go back to
    assert page.success[0].value.startswith("Restored by Louise Gagnon (")
    again = open_page(Place.WEEK)
    assert again.success[0].value == page.success[0].value
    kept = tables(open_page(Place.SAFETY))["What restores replaced"]
    (replaced,) = kept["rows"]
    assert replaced[1].startswith("backups/replaced-")
    assert str(context.workspace.root) in kept["caption"]


def test_no_backup_is_proposed_for_restoring(context: Context) -> None:
    safekeeping.make()

    page = open_page(Place.SAFETY)

    assert page.selectbox(key="backup_chosen").value is None
    assert not page.text_input
    assert deals(context) == 20


def test_backups_of_one_minute_are_told_apart_by_seconds_and_rows(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for second in (5, 9):
        # clocks are stopped so that both fall into one minute
        moment = datetime(2026, 11, 16, 21, 45, second)  # noqa: DTZ001 - UTC, as everywhere
        monkeypatch.setattr("pipelines.clock.now", lambda moment=moment: moment)
        safekeeping.make()
    page = open_page(Place.SAFETY, lang="en")

    names = page.selectbox(key="backup_chosen").options
    assert len(set(names)) == len(names)
    rows = backup.backups(context.workspace)[0].manifest.row_count
    assert [name.split(", ")[-1] for name in names[:2]] == [
        f"4:45:09\u202fPM · by hand · {rows} rows",
        f"4:45:05\u202fPM · by hand · {rows} rows",
    ]


def test_the_page_leaves_a_job_and_an_entry_of_what_it_did(context: Context) -> None:
    account = accounts.add_account(
        session.access(), OWNER, email="louise@example.test", name="Louise", role=Role.OWNER
    )
    session.access().store.write(
        lambda connection: connection.execute("update accounts set state = 'active'").fetchall()
    )
    token = session.access().sessions.start(account.account_id, "127.0.0.1")
    # as in a browser: who is looking hangs on a login session, and restoring ends them all
    session.use(context, lambda: session.access().sessions.find(token, active=True))
    with open_desk_of(session.access()) as jobs:
        safety_gestures.make_backup("en")
        saved = backup.backups(context.workspace)[0]
        safety_gestures.restore_backup("en", saved.path.name)

        done = [(job.order.title, job.order.by.name, job.state) for job in jobs.jobs()]
    assert session.access().sessions.find(token, active=True) is None
    assert done == [
        (f"cap90 restore {saved.path.name}", "Louise", State.DONE),
        ("cap90 backup", "Louise", State.DONE),
    ]
    audit = session.access().audit
    newest = audit.entries()[0]
    assert (newest.what, newest.subject, newest.actor) == (
        "backup.restored",
        saved.path.name,
        "Louise",
    )
    assert audit.verify() is None


@pytest.mark.usefixtures("context")
def test_backups_made_by_hand_are_written_down() -> None:
    made = safekeeping.make()
    newest = session.access().audit.entries()[0]
    assert (newest.what, newest.subject) == ("backup.made", f"file {made.path.name}")
    assert newest.actor == "Louise Gagnon"


def test_a_backup_made_by_the_command_is_written_down(root: Path, tmp_path: Path) -> None:
    cap90("backup", "--out", tmp_path / "mine.cap90", "--workspace", root)

    with open_context(root) as opened, Access.open(opened.workspace) as access:
        assert access.audit.entries()[0].subject == "file mine.cap90"


def test_a_missing_file_is_said_before_anybody_is_asked(root: Path, tmp_path: Path) -> None:
    ran = cap90("restore", tmp_path / "nothing.cap90", "--workspace", root)

    assert ran.code == 1
    assert "There is no such file" in ran.err
    assert "--yes" not in ran.err


def test_a_full_disk_is_said_on_every_page(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(context.store), "state", "read_only")

    page = open_page(Place.WEEK)

    assert any("nothing can be saved" in one.value for one in page.warning)
