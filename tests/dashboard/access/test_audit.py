"""The audit trail: only ever added to, and whoever tampers with it is found out."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dashboard.access import audit as audit_module
from dashboard.access.audit import Audit, append
from dashboard.access.entry import Head
from dashboard.access.follower import Follower
from dashboard.access.store import AccessStore
from dashboard.access.wanted import Wanted
from pipelines import clock, journal
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import Refused, StoreError
from tests.builders.warehouse import warehouse_with

MONDAY = datetime.fromisoformat("2026-11-16T13:05")  # UTC


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "access.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[AccessStore]:
    opened = AccessStore.open(path)
    yield opened
    opened.close()


@pytest.fixture
def audit(store: AccessStore) -> Audit:
    return Audit(store)


@pytest.fixture
def data() -> Iterator[Context]:
    with warehouse_with() as context:
        yield context


def add(store: AccessStore, actor: str | None, what: str, subject: str, **states: Any) -> None:
    store.write(lambda connection: append(connection, actor, what, subject, **states))


def three_entries(store: AccessStore) -> None:
    add(store, "Louise", "account.added", "account 1", after={"name": "Marc", "role": "manager"})
    add(
        store,
        "Louise",
        "account.changed",
        "account 1",
        before={"role": "manager"},
        after={"role": "owner"},
    )
    add(store, None, "backup.made", "backup 7")


def note(context: Context, what: str, subject: str, actor: str = "Louise", **states: Any) -> None:
    context.store.write(lambda cursor: journal.note(cursor, Actor(actor), what, subject, **states))


def tampered(path: Path, *statements: str) -> None:
    """Do what somebody with the file and a tool would do."""
    with sqlite3.connect(path) as raw:
        for trigger in ("is_not_changed", "is_not_shortened", "is_not_overwritten"):
            raw.execute(f"drop trigger audit_{trigger}")
        for statement in statements:
            raw.execute(statement)
    raw.close()


def test_an_entry_says_who_did_what_to_which_thing_before_and_after(
    store: AccessStore, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    three_entries(store)

    newest, changed, added = audit.entries()

    assert (added.number, added.at, added.actor) == (1, MONDAY, "Louise")
    assert (added.what, added.subject, added.before) == ("account.added", "account 1", None)
    assert added.after == {"name": "Marc", "role": "manager"}
    assert (changed.before, changed.after) == ({"role": "manager"}, {"role": "owner"})
    assert (newest.number, newest.actor, newest.kind) == (3, None, "backup")


def test_the_hashes_can_be_checked_without_this_program(
    store: AccessStore, audit: Audit, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    add(store, "Zoé", "person.renamed", "person 3", before={"name": "Zoe"}, after={"name": "Zoé"})
    add(store, None, "backup.made", "backup 7")
    with sqlite3.connect(path) as raw:
        (first, second) = raw.execute("select event_id, hash from audit order by number")
    raw.close()

    sealed = (
        '{"actor":"Zoé","after":{"name":"Zoé"},"at":"2026-11-16T13:05:00.000000",'
        '"before":{"name":"Zoe"},"event_id":"' + first[0] + '","number":1,'
        '"subject":"person 3","what":"person.renamed"}'
    )
    assert first[1] == sha256(("0" * 64 + sealed).encode()).hexdigest()
    sealed = (
        '{"actor":null,"after":null,"at":"2026-11-16T13:05:00.000000","before":null,'
        '"event_id":"' + second[0] + '","number":2,"subject":"backup 7","what":"backup.made"}'
    )
    assert second[1] == sha256((first[1] + sealed).encode()).hexdigest()
    assert audit.head() == Head(2, second[1])


def test_an_untouched_trail_is_unbroken_and_so_is_an_empty_one(
    store: AccessStore, audit: Audit
) -> None:
    assert audit.verify() is None
    assert audit.head() == Head(0, "0" * 64)
    three_entries(store)
    assert audit.verify() is None
    assert audit.verify(audit.head()) is None


@pytest.mark.parametrize(
    "statement",
    [
        "update audit set actor = 'Somebody else'",
        "delete from audit where number = 3",
        "insert or replace into audit select 1, 'x', null, at, '', what, '', null, null, hash from audit",
    ],
)
def test_the_file_itself_refuses_changes_of_what_is_written(
    store: AccessStore, audit: Audit, path: Path, statement: str
) -> None:
    three_entries(store)
    before = audit.entries()

    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.IntegrityError, match="never"):
        raw.execute(statement)
    raw.close()
    with pytest.raises((sqlite3.IntegrityError, StoreError)):
        store.write(lambda connection: connection.execute(statement).fetchall())

    assert audit.entries() == before
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ('update audit set after = \'{"role":"owner"}\' where number = 1', 1),
        ("update audit set actor = 'Somebody else' where number = 2", 2),
        ("update audit set at = '2026-01-01T00:00:00.000000' where number = 3", 3),
        ("update audit set after = 'no JSON' where number = 2", 2),
        ("update audit set before = null where number = 2", 2),
        ("update audit set number = 9 where number = 2", 2),
        ("update audit set hash = '%s' where number = 3" % ("a" * 64), 3),
        ("delete from audit where number = 1", 1),
        ("delete from audit where number = 2", 2),
        ("delete from audit where number = 3", 3),
        ("delete from audit", 1),
    ],
)
def test_whoever_tampers_with_an_entry_is_found_out_at_that_entry(
    store: AccessStore, audit: Audit, path: Path, statement: str, first_broken: int
) -> None:
    three_entries(store)

    tampered(path, statement)

    assert audit.verify() == first_broken


def test_what_was_cut_off_stays_found_when_work_goes_on(
    store: AccessStore, audit: Audit, path: Path
) -> None:
    three_entries(store)
    tampered(path, "delete from audit where number > 1")

    add(store, "Louise", "account.disabled", "account 1")

    assert audit.verify() == 2


def test_a_cut_that_covers_its_traces_is_found_by_the_head_that_a_backup_kept(
    store: AccessStore, audit: Audit, path: Path
) -> None:
    three_entries(store)
    kept = audit.head()
    tampered(
        path,
        "delete from audit where number > 1",
        "update sqlite_sequence set seq = 1 where name = 'audit'",
    )

    assert audit.verify() is None  # nothing inside tells
    assert audit.verify(kept) == 2
    add(store, "Louise", "account.disabled", "account 1")
    add(store, "Louise", "account.enabled", "account 1")
    assert audit.verify(kept) == 3


def test_a_cut_that_covers_its_traces_is_found_beside_the_journal_of_the_data(
    audit: Audit, path: Path, data: Context
) -> None:
    for number in range(5):
        note(data, "target.set", f"target {number}")
    audit.take_over(data)
    assert audit.compare(data).missing == 0

    tampered(
        path,
        "delete from audit where number > 3",
        "update sqlite_sequence set seq = 3 where name = 'audit'",
    )

    assert audit.compare(data).missing == 2
    assert audit.take_over(data) == 2  # the journal brings back what was cut
    assert audit.compare(data).missing == 0


def test_a_trail_written_anew_with_right_hashes_says_other_than_the_journal(
    store: AccessStore, audit: Audit, path: Path, data: Context
) -> None:
    note(data, "target.set", "target 1", after={"value": 100})
    note(data, "target.set", "target 2", after={"value": 200})
    audit.take_over(data)
    with sqlite3.connect(path) as raw:
        rows = raw.execute(
            "select event_id, journal_number, at from audit order by number"
        ).fetchall()
    raw.close()
    tampered(path, "delete from audit", "update sqlite_sequence set seq = 0 where name = 'audit'")
    forged = [{"value": 100}, {"value": 999}]
    changes = [
        journal.Change(
            number,
            event,
            datetime.fromisoformat(at),
            "Louise",
            "target.set",
            f"target {number}",
            None,
            after,
        )
        for (event, number, at), after in zip(rows, forged, strict=True)
    ]
    store.write(lambda connection: audit_module._add(connection, changes, journal=True))

    assert audit.verify() is None
    assert audit.compare(data).differs == 2


def test_changes_of_the_data_are_taken_over_in_order_and_once(
    store: AccessStore, audit: Audit, data: Context
) -> None:
    note(data, "action.added", "action 1", after={"title": "Appeler Érable & fils"})
    note(data, "action.renamed", "action 1", before={"title": "a"}, after={"title": "b"})

    assert audit.take_over(data) == 2
    assert audit.take_over(data) == 0
    add(store, "Louise", "account.added", "account 1")
    note(data, "action.done", "action 1")
    assert audit.take_over(data) == 1

    whats = [entry.what for entry in reversed(audit.entries())]
    assert whats == ["action.added", "action.renamed", "account.added", "action.done"]
    assert audit.entry(1).after == {"title": "Appeler Érable & fils"}
    assert audit.verify() is None


def test_more_changes_than_are_taken_over_at_a_time_all_arrive(
    audit: Audit, data: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.access.audit._PIECE", 3)
    for count in (7, 6, 3):
        for number in range(count):
            note(data, "target.set", f"target {number}")
        assert audit.take_over(data) == count

    assert audit.count() == 16
    assert audit.verify() is None
    assert audit.compare(data).missing == 0


def test_a_crash_while_taking_over_leaves_nothing_twice_and_nothing_out(
    store: AccessStore, audit: Audit, data: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        note(data, "target.set", f"target {number}")
    sealed = iter(range(3))

    def dies(*_: object) -> str:
        if next(sealed, None) is None:
            raise KeyboardInterrupt
        return "x"

    with monkeypatch.context() as broken:
        broken.setattr("dashboard.access.audit.seal", dies)
        with pytest.raises(KeyboardInterrupt):
            audit.take_over(data)

    assert audit.count() == 0
    assert Audit(store).take_over(data) == 4
    assert audit.verify() is None


def test_data_set_back_to_an_earlier_state_goes_on_being_taken_over(
    audit: Audit, data: Context
) -> None:
    for number in range(5):
        note(data, "target.set", f"target {number}")
    audit.take_over(data)
    # a backup from before the last three changes is restored, and work goes on
    data.store.write(
        lambda cursor: cursor.execute("delete from journal where number > 2").fetchall()
    )
    note(data, "target.set", "target 20")
    note(data, "target.set", "target 21")
    note(data, "target.set", "target 22")
    note(data, "target.set", "target 23")

    assert audit.take_over(data) == 4
    assert [entry.subject for entry in audit.entries(limit=4)] == [
        *("target 23", "target 22", "target 21", "target 20")
    ]


def test_the_trail_follows_the_data_while_the_product_runs(audit: Audit, data: Context) -> None:
    note(data, "target.set", "before the start")
    with Follower(audit, data) as follower:
        assert audit.count() == 1
        for number in range(50):
            note(data, "target.set", f"target {number}")
    follower.close()

    assert audit.count() == 51
    note(data, "target.set", "after the end")
    assert audit.count() == 51


def test_the_trail_ends_with_the_data_without_a_word_and_with_nothing_left_behind(
    audit: Audit, data: Context, caplog: pytest.LogCaptureFixture
) -> None:
    follower = Follower(audit, data)
    for number in range(50):
        note(data, "target.set", f"target {number}")

    data.store.close()  # as the server does, before it lets go of its own threads
    follower.close()

    assert audit.count() == 50
    assert caplog.records == []


def test_entries_are_found_by_who_what_which_thing_when_and_words(
    store: AccessStore, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(6):
        monkeypatch.setattr(clock, "now", lambda day=day: MONDAY + timedelta(days=day))
        add(
            store,
            "Élise" if day % 2 else None,
            "action.renamed" if day < 4 else "target.set",
            f"action {day % 3}",
            after={"title": f"Relancer Ébénisterie {day}"},
        )

    def found(**wanted: Any) -> list[int]:
        entries = audit.entries(Wanted(**wanted))
        assert audit.count(Wanted(**wanted)) == len(entries)
        return [entry.number for entry in entries]

    assert found(actor="Élise") == [6, 4, 2]
    assert found(actor="") == [5, 3, 1]
    assert found(what="action") == found(what="action.renamed") == [4, 3, 2, 1]
    assert found(what="act") == []
    assert found(subject="action 2") == [6, 3]
    assert found(since=MONDAY + timedelta(days=2), until=MONDAY + timedelta(days=4)) == [4, 3]
    assert found(words="EBENISTERIE 5") == [6]
    assert found(words="élise", what="target") == [6]
    assert found(words="100 %") == []


def test_a_long_trail_is_read_page_by_page(store: AccessStore, audit: Audit) -> None:
    for number in range(5):
        add(store, "Louise", "account.added", f"account {number}")

    first = audit.entries(limit=2)
    second = audit.entries(below=first[-1].number, limit=2)
    last = audit.entries(below=second[-1].number, limit=2)

    assert [entry.number for entry in (*first, *second, *last)] == [5, 4, 3, 2, 1]


def test_filters_offer_who_and_what_there_was(store: AccessStore, audit: Audit) -> None:
    three_entries(store)

    assert audit.actors() == ("Louise",)
    assert audit.kinds() == ("account.added", "account.changed", "backup.made")


def test_an_entry_that_is_not_there_is_refused(audit: Audit) -> None:
    with pytest.raises(Refused, match="no entry 12"):
        audit.entry(12)


def test_signs_that_no_file_can_hold_do_not_stop_the_trail(
    store: AccessStore, audit: Audit
) -> None:
    add(store, "A\ud800", "account.added", "account 1", after={"name": "B\udfff", "x": "\u0000"})

    assert audit.entry(1).actor == "A?"
    assert audit.entry(1).after == {"name": "B?", "x": "\u0000"}
    assert audit.verify() is None


def test_a_change_that_is_not_kept_leaves_no_entry(store: AccessStore, audit: Audit) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        append(connection, "Louise", "account.added", "account 1")
        raise Refused

    with pytest.raises(Refused):
        store.write(fails)

    assert audit.count() == 0
    assert json.dumps(audit.head().number) == "0"
