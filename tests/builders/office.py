"""A company on disk whose team has just closed a meeting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dashboard import posting, session
from dashboard.jobs.current import close_desk
from dashboard.rhythm.meeting import closing, deciding, running, wins
from dashboard.rhythm.meeting.letters import Letter, Post
from pipelines import workspace
from pipelines.context import Context, open_context
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.settings import Locale, Mail, Settings
from tests.builders.company import OWNER
from tests.builders.meetings import LOUISE, mark, planned, understood

TODAY = date(2026, 11, 17)
FRIDAY = date(2026, 11, 20)
DECIDED = "Afficher la liste de prix chaque lundi"
#: Luc was not there; Marc has no address.
ADDRESSES = {
    "Louise Gagnon": "louise@erable.example",
    "Zoé Côté": "zoe@erable.example",
    "Luc Paré": "luc@erable.example",
    "Marc Roy": None,
}


@dataclass
class Office:
    """The company, and the meeting that is closed."""

    context: Context
    meeting: int

    @property
    def outbox(self) -> list[Path]:
        return sorted(self.context.workspace.outbox.glob("*.eml"))

    def send(self, *, again: bool = False) -> list[Letter]:
        return list(posting.deliver(self.meeting, Post.MINUTES, again=again))

    def with_settings(self, **changed: object) -> None:
        """Go on with other settings."""
        settings = self.context.workspace.settings.model_copy(update=changed)
        told = replace(self.context.workspace, settings=settings)
        self.context = replace(self.context, workspace=told)
        session.use(self.context, lambda: OWNER)

    def with_mail(self, mail: Mail) -> None:
        self.with_settings(mail=mail)


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """Show the company to its owner."""
    settings = Settings(company="Menuiserie Érable", locale=Locale.FR_CA)
    made = workspace.create(folder / "company", settings)
    with open_context(made.root) as opened:
        context = opened.on(TODAY).by(LOUISE)
        for name, address in ADDRESSES.items():
            add_person(context, Details(name, address))
        number = planned(context)
        running.start(context, number)
        mark(context, number, absent=("Luc Paré",))
        wins.add_win(context, number, "Érable a signé", "Zoé Côté")
        blocker = understood(context, number, "Soumissions tardives")
        deciding.decide(context, number, DECIDED, "Luc Paré", FRIDAY, blocker_id=blocker)
        deciding.new_action(context, number, "Appeler Hydro", "Zoé Côté", FRIDAY)
        closing.close(context, number)
        session.use(context, lambda: OWNER)
        try:
            yield Office(context, number)
        finally:
            close_desk()
            session.leave()
