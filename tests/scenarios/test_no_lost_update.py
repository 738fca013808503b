"""Twenty people change the same few things at once, and everything that was accepted is there."""

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.access.wanted import Wanted
from dashboard.rhythm import actions
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import Conflict
from pipelines.people import register
from pipelines.people.person import Details
from tests.builders.warehouse import warehouse_with

SESSIONS = 20
EDITS_OF_EACH = 500
#: How many things of a kind there are, and how often one of them is edited.
SHARES = {"action": (8, 12), "person": (4, 4), "account": (16, 84)}


@dataclass(frozen=True)
class Session:
    """Somebody at a page, with the versions that the page shows."""

    context: Context
    access: Access
    visitor: Visitor

    def edit(self, subject: str, version: int, words: str) -> int:
        """Change the words of a thing; return its version."""
        kind, _, number = subject.partition(" ")
        if kind == "action":
            return actions.rename(self.context, int(number), version, words).version
        if kind == "person":
            return register.change_person(
                self.context, int(number), version, Details(words)
            ).version
        return accounts.rename(self.access, self.visitor, int(number), words, version).version

    def edit_whatever_happens(self, subject: str, version: int, words: str) -> tuple[int, int]:
        """Go on wanting it whenever somebody was faster, as “Keep mine” does; count how often."""
        conflicts = 0
        while True:
            try:
                return self.edit(subject, version, words), conflicts
            except Conflict as conflict:
                conflicts += 1
                version = conflict.version


def things(context: Context, access: Access, owner: Visitor) -> dict[str, str]:
    """Add what will be edited; return its words by its subject."""
    found = {}
    for number in range(1, SHARES["action"][0] + 1):
        action = actions.add_action(context, f"Action {number}", "Louise", date(2026, 11, 30))
        found[f"action {action.action_id}"] = action.title
    for number in range(1, SHARES["person"][0] + 1):
        person = register.add_person(context, Details(f"Person {number}"))
        found[f"person {person.person_id}"] = person.name
    for number in range(1, SHARES["account"][0] + 1):
        account = accounts.add_account(
            access, owner, email=f"{number}@example.com", name=f"A {number}", role=Role.VIEWER
        )
        found[f"account {account.account_id}"] = account.name
    return found


def version_of(context: Context, access: Access, subject: str) -> int:
    kind, _, number = subject.partition(" ")
    if kind == "account":
        return accounts.get_account(access, int(number)).version
    versions: dict[str, Callable[[], dict[int, int]]] = {
        "action": lambda: {one.action_id: one.version for one in actions.list_actions(context)},
        "person": lambda: {one.person_id: one.version for one in register.list_people(context)},
    }
    return versions[kind]()[int(number)]


def test_ten_thousand_edits_by_twenty_sessions_lose_nothing(tmp_path: Path) -> None:
    began = time.monotonic()
    accepted: dict[str, list[str]] = defaultdict(list)
    conflicts = Counter[str]()
    lock = threading.Lock()
    with (
        warehouse_with() as context,
        Access.open(replace(context.workspace, root=tmp_path)) as access,
    ):
        words = things(context, access, Visitor("Louise", Role.OWNER))
        first = {subject: version_of(context, access, subject) for subject in words}

        def session(number: int) -> None:
            dice = random.Random(number)  # noqa: S311 - which thing is edited is no secret
            name = f"Session {number}"
            mine = Session(context.by(Actor(name)), access, Visitor(name, Role.OWNER))
            page = dict(first)  # everybody opens the page before anybody edits
            kinds, weights = zip(
                *((kind, share) for kind, (_, share) in SHARES.items()), strict=True
            )
            for edit in range(EDITS_OF_EACH):
                (kind,) = dice.choices(kinds, weights)
                subject = dice.choice([one for one in page if one.startswith(kind)])
                text = f"Edit {edit} of session {number}"
                page[subject], met = mine.edit_whatever_happens(subject, page[subject], text)
                with lock:
                    accepted[subject].append(text)
                    conflicts[kind] += met

        with ThreadPoolExecutor(SESSIONS) as people:
            for done in [people.submit(session, number) for number in range(SESSIONS)]:
                done.result()

        assert sum(map(len, accepted.values())) == SESSIONS * EDITS_OF_EACH == 10_000
        assert all(conflicts[kind] for kind in SHARES)  # they did meet
        access.audit.take_over(context)
        assert access.audit.verify() is None
        for subject, texts in accepted.items():
            assert version_of(context, access, subject) == 1 + len(texts)
            field = "title" if subject.startswith("action") else "name"
            entries = reversed(access.audit.entries(Wanted(subject=subject), limit=-1))
            history = [
                ((entry.before or {})[field], (entry.after or {})[field])
                for entry in entries
                if entry.before is not None
            ]
            assert sorted(after for _, after in history) == sorted(texts)
            # each edit was made on the text that the one before it left
            lefts = [words[subject], *(after for _, after in history)]
            assert [before for before, _ in history] == lefts[:-1]
    assert time.monotonic() - began < 60
