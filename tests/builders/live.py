"""The addresses of meetings behind the real gate, with somebody of every role who uses them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from dashboard import live, session
from dashboard.access.access import Access
from dashboard.access.accounts import link_person
from dashboard.access.rights import Role
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.middleware import Gate
from dashboard.gate.names import KnownNames
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind, Meeting, Status
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.rhythm.meeting.reading import meetings
from dashboard.rhythm.meeting.running import UNDER_WAY
from pipelines import workspace
from pipelines.context import Context, open_context
from pipelines.people import register
from pipelines.people.person import Details
from pipelines.settings import Settings
from pipelines.sql import statement
from tests.builders.access import hash_quickly
from tests.builders.browser import answering
from tests.builders.company import OWNER, Company, join

LOUISE, MARC, ZOE, LUC, ANNE = (*("Louise Gagnon", "Marc Roy", "Zoé Côté", "Luc Paré", "Anne Roy"),)
NOBODY = "nobody"
#: Luc sells too, but is not asked to come.
INVITED = (LOUISE, MARC, ZOE)
ROLES = {
    LOUISE: Role.OWNER,
    MARC: Role.MANAGER,
    ZOE: Role.SALESPERSON,
    LUC: Role.SALESPERSON,
    ANNE: Role.VIEWER,
}
SELLING = (ZOE, LUC)
#: A Monday.
TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)


class Told(NamedTuple):
    """What an address answered."""

    status: int
    said: Any


@dataclass
class House:
    """A company whose meetings are asked for by name of whoever asks.

    Attributes:
        context: In the product's own hands.
        cookies: What the browser of each sends.
    """

    context: Context
    company: Company
    cookies: dict[str, str]

    def planned(self, kind: Kind = Kind.WEEKLY) -> int:
        """Return the number of a new meeting of a kind, which is to be held today."""
        for line in meetings(self.context):
            if line.status in UNDER_WAY:
                closing.close(self.context, line.meeting_id)
        taken = {line.held_on: line for line in meetings(self.context) if line.kind is kind}
        if TODAY in taken:  # there is one of a kind a day
            closed = taken[TODAY].status is Status.CLOSED
            elsewhere = min(taken) - DAY if closed else max(taken) + DAY
            self.put(taken[TODAY].meeting_id, elsewhere)
        return preparing.plan_meeting(self.context, kind, TODAY, invited=INVITED).meeting_id

    def put(self, number: int, day: date) -> None:
        """Let a meeting be held on another day, whatever stands against it."""
        values = {"meeting_id": number, "held_on": day}
        self.context.store.write(
            lambda cursor: bool(cursor.execute(statement("meetings/set_day"), values))
        )

    def forget_reviews(self) -> None:
        """Let no month and no quarter have been reviewed before."""
        self.context.store.write(lambda cursor: bool(cursor.execute("delete from frozen_reviews")))

    def started(self, kind: Kind = Kind.WEEKLY) -> int:
        number = self.planned(kind)
        running.start(self.context, number)
        return number

    def going_on(self) -> int:
        """Return the number of a meeting that has started, for what changes nothing in it."""
        for line in meetings(self.context):
            if line.status is Status.RUNNING:
                return line.meeting_id
        return self.started()

    def seen(self, number: int) -> Meeting:
        return read_meeting(self.context, number)

    def read(self, who: str, number: int | str, what: str = "state", query: str = "") -> Told:
        return self._told("GET", who, f"/meeting/{number}/{what}?lang=en{query}")

    def do(self, who: str, number: int | str, what: str, **values: object) -> Told:
        return self.send(who, f"/meeting/{number}/do", {"what": what, **values})

    def note(self, who: str, number: int, subject: str, text: str, version: int = 0) -> Told:
        return self.do(who, number, "save_note", subject=subject, text=text, version=version)

    def send(
        self,
        who: str,
        path: str,
        values: Mapping[str, object] | bytes,
        headers: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> Told:
        """Send a form, or bytes that are none."""
        body = values if isinstance(values, bytes) else urlencode(values).encode()
        return self._told("POST", who, f"{path}?lang={language}", body, headers)

    def _told(
        self,
        method: str,
        who: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        answer = self.company.ask(method, path, headers, body, cookie=self.cookies[who])
        kind = answer.headers["content-type"] or ""
        return Told(
            answer.status, json.loads(answer.body) if "application/json" in kind else answer.page
        )


@contextmanager
def meetings_served(folder: Path, settings: Settings | None = None) -> Iterator[House]:
    """Serve the meetings of a new company from a thread of this process."""
    made = workspace.create(folder / "company", settings or Settings(company="Atelier Érable"))
    with (
        pytest.MonkeyPatch.context() as patch,
        open_context(made.root) as opened,
        Access.open(made, settings=lambda: made.settings, names=KnownNames(opened)) as access,
    ):
        hash_quickly(patch)
        context = opened.on(TODAY)
        session.use(context, lambda: None, access)
        gate = Gate(Starlette(routes=live.ROUTES), access.sessions, Doorstep())
        try:
            with answering(gate) as port:
                company = Company(port, access, step=Doorstep())
                yield House(context, company, joined(context, company))
        finally:
            session.leave()


def joined(context: Context, company: Company) -> dict[str, str]:
    """Give everybody an account; return what their browsers send."""
    cookies = {NOBODY: ""}
    for name, role in ROLES.items():
        person = register.add_person(context, Details(name))
        account = join(company.access, name, role)
        if name in SELLING:
            account = link_person(
                company.access, OWNER, account.account_id, person.person_id, account.version
            )
        cookies[name] = company.cookie_of(account)
    return cookies
