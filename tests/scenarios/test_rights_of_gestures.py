"""Every gesture by every role, and by nobody: done, or refused with nothing written.

Which gestures there are is read from their package; who may make each is written out here by hand.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, timedelta
from functools import partial
from hashlib import sha256
from importlib import import_module
from inspect import isfunction
from typing import Any

import pyotp
import pytest
import streamlit as st

from dashboard import company, data, gestures, session
from dashboard.access import accounts, second_factor
from dashboard.access.access import Access
from dashboard.access.accounts import Account
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.account_forms import NewAccount
from dashboard.components.action_form import as_shown
from dashboard.components.cards import Pressed
from dashboard.components.commitments import NewAction
from dashboard.components.entry_page import NewEntry, NewKpi
from dashboard.components.experiment_form import NewExperiment
from dashboard.components.import_page import Upload
from dashboard.components.next_quarter_page import TypedQuarter
from dashboard.components.pact_form import NewPact
from dashboard.components.plan_board import NewAction as UnderPriority
from dashboard.components.plan_forms import TypedPriority
from dashboard.components.practice_page import NewPractice
from dashboard.components.target_page import NewTarget
from dashboard.components.terms_form import TypedTerms
from dashboard.gestures import (
    access,
    actions,
    imports,
    improve,
    kpis,
    meetings,
    mine,
    minutes,
    people,
    pipeline,
    plan_page,
    plans,
    quarter,
    safety,
)
from dashboard.gestures import company as settings
from dashboard.gestures.said import Said
from dashboard.jobs import current
from dashboard.jobs.asker import whois
from dashboard.jobs.book import Book
from dashboard.jobs.job import Asker, Order
from dashboard.rhythm import actions as all_actions
from dashboard.rhythm import requests
from dashboard.rhythm.improve import experiments, practices
from dashboard.rhythm.improve.experiment import Experiment, Outcome, Plan
from dashboard.rhythm.improve.practice import Practice
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.letters import Post
from dashboard.rhythm.meeting.model import Kind as MeetingKind
from dashboard.rhythm.pact import pacts
from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.model import Draft, Pact, Terms, Trigger
from dashboard.rhythm.plan import one_to_ones
from dashboard.rhythm.plan.board import Board
from dashboard.rhythm.plan.model import Plan as NinetyDays
from dashboard.rhythm.plan.model import PlanStatus
from dashboard.rhythm.plan.one_to_ones import OneToOne
from dashboard.rhythm.plan.plans import adopt as adopt_plan
from dashboard.rhythm.plan.plans import close as close_plan
from dashboard.rhythm.plan.reading import list_plans
from dashboard.rhythm.quarter.draft import NextQuarter
from dashboard.rhythm.quarter.drafting import draft
from dashboard.rhythm.requests import Open
from dashboard.rhythm.review import ActionLine
from dashboard.uploads import Pending
from pipelines import backup, clock
from pipelines.context import Context
from pipelines.errors import Cap90Error, Message, Problem
from pipelines.funnel.model import Concern, Deal, Question
from pipelines.ingest import ImportReport, ImportRequest
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.people import register
from pipelines.people.person import Details, Person
from pipelines.periods import Grain
from pipelines.settings import FirstStep
from tests.builders import plans as plan_builder
from tests.builders.access import PASSWORD, hash_quickly, somebody
from tests.builders.pages import OWNER, empty_company

ZOE, MARC = "Zoé Côté", "Marc Roy"
DUE = date(2026, 11, 20)
#: What somebody reads who may not; all begin with one of these.
REFUSED = (
    "Your account does not include this",
    "You are not logged in any more.",
    "There is no such job any more.",  # nor is anybody told that there is one
)
#: Everybody whom tables of expectations name: O, M, S, V, and "-" for nobody.
LETTERS = {"O": Role.OWNER, "M": Role.MANAGER, "S": Role.SALESPERSON, "V": Role.VIEWER}
NOBODY = "-"
#: What gestures ask before they write anything; they are no gestures of their own.
QUESTIONS = {"asking", "named", "twice"}
EVERYBODY = "OMSV-"
LOGGED_IN = "OMSV"


class House:
    """A company, somebody of every role, and what gestures are made with."""

    def __init__(self, context: Context, doors: Access) -> None:
        self.context = context
        self.access = doors
        self.count = 0
        self.later = timedelta()  # than it is: every code counts once
        self.visitors: dict[str, Visitor | None] = {NOBODY: None}
        for letter, role in LETTERS.items():
            made = somebody(doors, f"Somebody {letter}", role, email=f"{letter}@erable.example")
            name = ZOE if role is Role.SALESPERSON else made.name
            self.visitors[letter] = Visitor(
                name, role, made.account_id, names=frozenset({name}), session_id=letter
            )

    def fresh(self, stem: str) -> str:
        """Return a name that nothing has yet."""
        self.count += 1
        return f"{stem} {self.count}"

    def account(self, role: Role = Role.VIEWER) -> Account:
        name = self.fresh("Somebody")
        email = f"{name.replace(' ', '.').lower()}@erable.example"
        return accounts.add_account(self.access, OWNER, email=email, name=name, role=role)

    def own(self, by: Visitor | None) -> Account:
        """Return somebody's own account; nobody has hold of the owner's."""
        visitor = by or self.visitors["O"]
        assert visitor is not None
        assert visitor.account_id is not None
        return accounts.get_account(self.access, visitor.account_id)

    def action(self, owner: str = ZOE) -> ActionLine:
        made = all_actions.add_action(self.context, self.fresh("Call"), owner, DUE)
        with session.acting_as(OWNER):
            return next(
                one for one in data.commitments.actions() if one.action_id == made.action_id
            )

    def person(self) -> Person:
        return register.add_person(self.context, Details(self.fresh("Person")))

    def gone(self) -> Person:
        person = self.person()
        register.deactivate(self.context, person.person_id, person.version)
        return self.known(person.person_id)

    def known(self, person_id: int) -> Person:
        listed = register.list_people(self.context)
        return next(one for one in listed if one.person_id == person_id)

    def joined(self) -> str:
        """Return a name that means somebody else's."""
        person, written = self.person(), self.fresh("written")
        register.join(self.context, person.person_id, written)
        return written

    def kpi(self) -> Any:
        key = self.fresh("calls").replace(" ", "_")
        described = HandKept(key, key, Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
        create_hand_kept(self.context, described)
        with session.acting_as(OWNER):
            return next(one for one in data.kpis.definitions() if one.key == key)

    def factor(self, by: Visitor | None) -> str:
        """Give somebody a second factor; return one of its recovery codes."""
        self.without_factor(by)
        visitor = by or replace(OWNER, account_id=self.own(None).account_id)
        secret = second_factor.propose(self.access, visitor).secret
        return second_factor.confirm(self.access, visitor, self.code(secret))[0]

    def without_factor(self, by: Visitor | None) -> None:
        second_factor.remove(self.access, OWNER, self.own(by).account_id)

    def proposed(self, by: Visitor | None) -> str:
        self.without_factor(by)
        visitor = by or replace(OWNER, account_id=self.own(None).account_id)
        return self.code(second_factor.propose(self.access, visitor).secret)

    def code(self, secret: str) -> str:
        """Return a code of a moment that none was used at yet."""
        self.later += timedelta(seconds=31)
        return pyotp.TOTP(secret).at(clock.now().replace(tzinfo=UTC))

    def login_session(self, by: Visitor | None) -> Any:
        account_id = self.own(by).account_id
        self.access.sessions.start(account_id, "192.0.2.7", "")
        return self.access.sessions.listing(account_id)[0]

    def entry(self) -> Any:
        """Return a change that can be taken back."""
        one = self.action()
        all_actions.rename(self.context, one.action_id, one.version, self.fresh("Write"))
        self.access.audit.take_over(self.context)
        return self.access.audit.entries()[0]

    def former(self) -> tuple[Any, Any]:
        found = self.entry()
        with session.acting_as(OWNER):
            return found, access.look(found)

    def waiting(self) -> None:
        """Have a file wait for its answers."""
        folder = self.context.workspace.staging / self.fresh("upload-")
        folder.mkdir(parents=True)
        (folder / "deals.csv").write_text("Deal ID\n1\n", encoding="utf-8")
        report = ImportReport("deals.csv", "generic", "deals", None, 1, 0, 0, 0, 0, (), ())
        pending = Pending(folder / "deals.csv", ImportRequest(), {}, report)
        st.session_state["pending_import"] = pending

    def job(self) -> int:
        """Return a job that somebody else asked for."""
        asker = Asker("Somebody else", Role.OWNER, 99)
        job_id = current.desk().submit(Order("check", "check", {}, asker)).job_id
        current.desk().wait(job_id, 30)
        return job_id

    def closed_meeting(self) -> int:
        """Return a closed meeting of somebody who has no address: nothing is on its way later."""
        day = self.context.today()
        opened = preparing.plan_meeting(self.context, day=day, chair="Anne", invited=["Anne"])
        if not opened.already:
            running.start(self.context, opened.meeting_id)
            closing.close(self.context, opened.meeting_id)
        return opened.meeting_id

    def open_meeting(self) -> int:
        """Return a meeting that Zoé is invited to."""
        return preparing.plan_meeting(
            self.context, MeetingKind.MONTHLY, day=DUE, invited=[ZOE]
        ).meeting_id

    def backup(self) -> str:
        made = backup.by_hand(self.context.workspace, self.context.store)
        return made.path.name

    def written(self) -> object:
        """Return what differs as soon as anything is written anywhere, once nobody writes."""
        for job in current.desk().jobs():
            current.desk().wait(job.job_id, 30)
        root = self.context.workspace.root
        files = {
            path.relative_to(root): sha256(path.read_bytes()).hexdigest()
            for path in root.rglob("*")
            if path.is_file() and not path.name.startswith(("cap90.duckdb", "access.sqlite"))
        }
        rows = self.access.store.read(lambda connection: connection.total_changes)
        return self.context.store.version, rows, files


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with (
        pytest.MonkeyPatch.context() as patch,
        empty_company(tmp_path_factory.mktemp("gestures")) as context,
    ):
        hash_quickly(patch)
        for name in (ZOE, MARC):
            register.add_person(context, Details(name))
        made, real = House(context, session.access()), clock.now
        patch.setattr(clock, "now", lambda: real() + made.later)
        # as the server does: whoever asks for a job is looked up again when it runs
        current.open_desk(Book(made.access.store), whois(made.access))
        yield made
        current.close_desk()


@pytest.fixture(autouse=True)
def tab(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stand in for what Streamlit keeps of one tab."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(st, "query_params", {})
    return kept


Prepare = Callable[[House, Visitor | None], Callable[[], object]]


@dataclass(frozen=True)
class Case:
    """A gesture, who may make it, and how.

    Attributes:
        who: The letters of those who may.
        prepare: Makes what it needs in the product's own hands; returns what makes the gesture.
        otherwise: How the refusal begins that has nothing to do with rights, for whoever may.
    """

    who: str
    prepare: Prepare
    otherwise: str = ""


def case(who: str, gesture: Any, *given: Callable[[House], object], otherwise: str = "") -> Case:
    """Describe a gesture that is made in English with what is made of the house for it."""
    return Case(
        who, lambda house, _: partial(gesture, "en", *(of(house) for of in given)), otherwise
    )


def own(who: str, gesture: Any, *given: Callable[[House, Visitor | None], object]) -> Case:
    """Describe a gesture about oneself."""
    return Case(who, lambda house, by: partial(gesture, "en", *(of(house, by) for of in given)))


def member(who: str, of: Any, name: str, *given: Callable[[House], object]) -> Case:
    """Describe a gesture that comes in a bundle."""

    def prepare(house: House, _: Visitor | None) -> Callable[[], object]:
        made = [one(house) for one in given]
        return lambda: getattr(of("en"), name)(*made)

    return Case(who, prepare)


def plain(who: str, gesture: Any, *given: Callable[[House], object]) -> Case:
    """Describe a gesture that says nothing to anybody."""
    return Case(who, lambda house, _: partial(gesture, *(of(house) for of in given)))


def always(value: object) -> Callable[..., object]:
    return lambda *_: value


def _renew(house: House, by: Visitor | None) -> Callable[[], object]:
    return partial(access.renew_codes, "en", PASSWORD, house.factor(by))


def _remove(house: House, by: Visitor | None) -> Callable[[], object]:
    return partial(access.remove_factor, "en", PASSWORD, house.factor(by))


def _propose(house: House, by: Visitor | None) -> Callable[[], object]:
    house.without_factor(by)
    return partial(access.propose_factor, "en", PASSWORD)


def _restore(house: House, _: Visitor | None) -> Callable[[], object]:
    entry, seen = house.former()
    return partial(access.restore, "en", entry, seen, "A slip of the pen")


def _answer(house: House, _: Visitor | None) -> Callable[[], object]:
    house.waiting()
    return partial(imports.answer_import, "en", {})


def _save_settings(house: House, _: Visitor | None) -> Callable[[], object]:
    wanted = {"company": house.fresh("Atelier")}

    def make() -> None:
        made = settings.form("en")
        made.save(made.settings, wanted)

    return make


def _new_account(house: House) -> NewAccount:
    name = house.fresh("Anne")
    return NewAccount(name, f"{name.replace(' ', '.')}@erable.example", Role.VIEWER, None)


def _action_of(owner: str) -> Callable[[House], NewAction]:
    return lambda house: NewAction(house.fresh("Write"), owner, DUE, None)


def _action_of_somebody_new(house: House) -> NewAction:
    return NewAction(house.fresh("Write"), house.fresh("Newcomer"), DUE, None)


def _new_kpi(house: House) -> NewKpi:
    return NewKpi(None, house.fresh("Visits"), Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)


def _new_entry(house: House) -> NewEntry:
    week = house.context.calendar.period(Grain.WEEK, date(2026, 11, 9))
    return NewEntry(house.kpi(), week, "12", "", "", None, "")


def _new_target(house: House) -> NewTarget:
    return NewTarget(house.kpi(), "10", "", False, Grain.WEEK, DUE, None, None, "A start")


def _now(_: House) -> Any:
    with session.acting_as(OWNER):
        return company.settings()


def _asked(house: House) -> Open:
    """Return a wish to move an action."""
    line = house.action()
    requests.ask(house.context, line.action_id, date(2026, 12, 1), "Ill")
    return next(
        one
        for one in requests.open_requests(house.context)
        if one.action.action_id == line.action_id
    )


def _stranger(house: House) -> ActionLine:
    return house.action(MARC)


def _new_pact(_: House) -> NewPact:
    trigger = Trigger.QUARTER_ENDS
    return NewPact(trigger, None, None, "", "", 2, "call", "give a discount")


def _pact(house: House) -> Pact:
    return pacts.write_pact(
        house.context, Draft(Trigger.QUARTER_ENDS, Terms(weeks=2), house.fresh("call"), "wait")
    )


def _pressed(house: House) -> Pressed:
    """Return the answer to a pact that has just fired."""
    pact = _pact(house)
    fired = check_pacts(house.context.on(date(2026, 12, 21)))
    event = next(one for one in fired if one.pact_id == pact.pact_id)
    return Pressed(event.event_id, event.version, "kept")


def _new_experiment(house: House) -> NewExperiment:
    return NewExperiment(house.fresh("Visit"), "It helps.", "win_rate", ZOE, DUE, "5%", 2)


def _experiment(house: House) -> Experiment:
    plan = Plan(house.fresh("Visit"), "It helps.", "win_rate", ZOE, DUE, None, 2)
    return experiments.start_experiment(house.context, plan)


def _proven(house: House) -> Experiment:
    one = _experiment(house)
    return experiments.end_experiment(
        house.context, one.experiment_id, one.version, Outcome.GENERALISE, "It works."
    )


def _new_practice(house: House) -> NewPractice:
    return NewPractice(house.fresh("Show a sample"), "", None)


def _practice(house: House) -> Practice:
    return practices.add_practice(house.context, house.fresh("Show a sample"))


def _begun(person: str | None = None) -> Callable[[House], NinetyDays]:
    """Return what drafts a plan with one priority, after every other one was closed."""

    def begin(house: House) -> NinetyDays:
        _unplanned(person)(house)
        return plan_builder.drafted(house.context, plan_builder.MEETINGS, person=person)

    return begin


def _unplanned(person: str | None = None) -> Callable[[House], str | None]:
    def end(house: House) -> str | None:
        for one in list_plans(house.context, person=person):
            if one.status is not PlanStatus.CLOSED:
                close_plan(house.context, one.plan_id, one.version)
        return person

    return end


def _held(person: str | None = None) -> Callable[[House], NinetyDays]:
    def hold(house: House) -> NinetyDays:
        plan = _begun(person)(house)
        return adopt_plan(house.context, plan.plan_id, plan.version)

    return hold


def _of_plan(
    who: str,
    gesture: Any,
    plan: Callable[[House], NinetyDays],
    *given: Callable[[NinetyDays], object],
) -> Case:
    """Describe a gesture about a plan, made with what is read from it."""

    def prepare(house: House, _: Visitor | None) -> Callable[[], object]:
        made = plan(house)
        return partial(gesture, "en", made, *(one(made) for one in given))

    return Case(who, prepare)


def _first(plan: NinetyDays) -> int:
    return plan.priorities[0].priority_id


def _under(owner: str) -> Callable[[House], UnderPriority]:
    return lambda house: UnderPriority(
        _first(_held()(house)), house.fresh("Write"), owner, DUE, None
    )


def _talk(person: str) -> Callable[[House], OneToOne]:
    return lambda house: one_to_ones.hold(
        house.context, _held(person)(house), house.fresh("Help"), ""
    )


def _board(house: House) -> Board:
    _held()(house)
    with session.acting_as(OWNER):
        found = data.plan.board(data.plan.Wanted())
    assert found is not None
    return found


def _saved(house: House, **typed: Any) -> Callable[[], object]:
    line = house.action()
    wanted = replace(as_shown(line, "en"), **typed)
    return lambda: actions.changes("en").save(line, wanted)


def _rewritten(house: House, _by: Visitor | None) -> Callable[[], object]:
    return _saved(
        house,
        title=house.fresh("Go and see"),
        owner=MARC,
        due_on=date(2026, 12, 1),
        reason="Ill",
        kpi="win_rate",
        effect="2%",
        lag_weeks=3,
        comment="She is back on Monday.",
    )


def _commented(house: House, _by: Visitor | None) -> Callable[[], object]:
    return _saved(house, comment="She is back on Monday.")


def _something_to_ask(house: House) -> Question:
    preparing.plan_meeting(house.context, day=DUE, invited=[ZOE])
    house.count += 1
    deal = Deal("hubspot", str(house.count), *(None,) * 5, "CAD", None, None, None, 0)
    words = Message(house.fresh("It stands still"))
    return Question(deal, (Concern.STALLED,), words, (), words, words)


_PRIORITY = TypedPriority("Keep appointments", "no_show_rate", "18%", "10%")
_TERMS = TypedTerms("Érable; A", "A; 2", "", "A; 35", {}, "")


_bundle = access.account_changes


def _following(house: House) -> NextQuarter:
    """Return what comes out of a quarterly review."""
    day = house.context.today()
    number = preparing.plan_meeting(house.context, MeetingKind.QUARTERLY, day).meeting_id
    return draft(house.context, number)


def _filled_in(house: House) -> TypedQuarter:
    wanted = _following(house).draft
    house.count += 1
    last = wanted.starts_on + timedelta(days=60 + house.count % 60)
    return TypedQuarter(wanted.starts_on, last, (), (), (), ())


def _again(house: House, _: Visitor | None) -> Callable[[], object]:
    found = _following(house)
    return partial(quarter.draft_again, "en", found.meeting_id, found.version)


CASES: dict[str, Case] = {
    # the accounts are for owners
    "access.add_account": case("O", access.add_account, _new_account),
    "access.account_changes.role": member(
        "O", _bundle, "role", House.account, always(Role.MANAGER)
    ),
    "access.account_changes.person": member("O", _bundle, "person", House.account, always(1)),
    "access.account_changes.disable": member("O", _bundle, "disable", House.account),
    "access.account_changes.enable": member("O", _bundle, "enable", House.account),
    "access.account_changes.link": member("O", _bundle, "link", House.account),
    "access.account_changes.end_sessions": member("O", _bundle, "end_sessions", House.account),
    "access.account_changes.remove_second_factor": member(
        "O", _bundle, "remove_second_factor", House.account
    ),
    # one's own account: whoever has one
    "access.rename_self": own(LOGGED_IN, access.rename_self, House.own, lambda h, _: h.fresh("Me")),
    "access.speak": own(LOGGED_IN, access.speak, House.own, always(None)),
    "access.change_password": own(
        LOGGED_IN, access.change_password, *(always(PASSWORD) for _ in range(3))
    ),
    "access.propose_factor": Case(LOGGED_IN, _propose),
    "access.confirm_factor": own(LOGGED_IN, access.confirm_factor, House.proposed),
    "access.renew_codes": Case(LOGGED_IN, _renew),
    "access.remove_factor": Case(LOGGED_IN, _remove),
    "access.end_session": own(LOGGED_IN, access.end_session, House.login_session, always(PASSWORD)),
    "access.log_out_everywhere": own(LOGGED_IN, access.log_out_everywhere, always(PASSWORD)),
    # what waits in one's own tab
    "access.made_link": plain(EVERYBODY, access.made_link),
    "access.made_codes": plain(EVERYBODY, access.made_codes),
    "access.proposal": plain(EVERYBODY, access.proposal),
    "imports.pending_import": plain(EVERYBODY, imports.pending_import),
    "imports.last_import": plain(EVERYBODY, imports.last_import),
    "imports.running_import": case(EVERYBODY, imports.running_import),
    "safety.last_checks": plain(EVERYBODY, safety.last_checks),
    # the audit trail: owners; what an entry is called depends on nobody
    "access.can_restore": plain(EVERYBODY, access.can_restore, House.entry),
    "access.look": plain("O", access.look, House.entry),
    "access.restore": Case("O", _restore),
    # actions: one's own; everybody's for those who assign them
    "actions.tick": case("OMS", actions.tick, House.action, always(True)),
    "actions.tick (a colleague's)": case("OM", actions.tick, _stranger, always(True)),
    "actions.add_action": case("OMS", actions.add_action, _action_of(ZOE)),
    "actions.add_action (for a colleague)": case("OM", actions.add_action, _action_of(MARC)),
    "actions.stranger": plain(EVERYBODY, actions.stranger),
    "actions.adopt": case("OM", actions.adopt, _action_of_somebody_new),
    "actions.changes.save": Case("OM", _rewritten),
    "actions.changes.save (a comment)": Case("OMS", _commented),
    "actions.changes.history": member(LOGGED_IN, actions.changes, "history", House.action),
    "actions.changes.decision": member(LOGGED_IN, actions.changes, "decision", House.action),
    # the company
    "company.form.save": Case("OM", _save_settings),
    "company.change_logo": case("OM", settings.change_logo, _now, always(None)),
    "company.send_test": case("OM", settings.send_test, always("louise@erable.example")),
    "company.add_people": case("OM", settings.add_people, lambda h: [h.fresh("New")]),
    "company.skip": case("OM", settings.skip, always(FirstStep.FILES)),
    "company.take_up": case("OM", settings.take_up, always(FirstStep.FILES)),
    # files
    "imports.take_in": case(
        "OM", imports.take_in, always(Upload("deals.csv", b"x", "view", None, None))
    ),
    "imports.answer_import": Case("OM", _answer),
    "imports.stop_job (an owner's)": case("O", imports.stop_job, House.job),
    # meetings; tests/scenarios/test_rights_in_meetings.py makes each of their gestures
    "meetings.prepare_next": case("OM", meetings.prepare_next, always(DUE)),
    "meetings.perform": plain(
        "OMS",
        meetings.perform,
        House.open_meeting,
        always("add_win"),
        always(Said({"text": "A big one"}, "en")),
    ),
    "pipeline.make_blocker": case("OMS", pipeline.make_blocker, _something_to_ask),
    # letters about meetings
    "minutes.send_minutes": case("OM", minutes.send_minutes, House.closed_meeting),
    "minutes.send_preparation": case("OM", minutes.send_preparation, House.closed_meeting),
    "minutes.is_sending": plain(EVERYBODY, minutes.is_sending, always(1), always(Post.MINUTES)),
    # numbers
    "kpis.set_target": case("OM", kpis.set_target, _new_target),
    "kpis.choose": case("OM", kpis.choose, always([]), otherwise="0 KPIs are chosen"),
    "kpis.add_entry": case("OM", kpis.add_entry, _new_entry),
    "kpis.save_kpi": case("OM", kpis.save_kpi, _new_kpi),
    # one's own: a colleague's for those who assign, any number for those who type
    "mine.wishes.tick": member("OMS", mine.wishes, "tick", House.action, always(True)),
    "mine.wishes.comment": member("OMS", mine.wishes, "comment", House.action, always("Soon")),
    "mine.wishes.move": member(
        "OMS", mine.wishes, "move", House.action, always(date(2026, 12, 1)), always("Ill")
    ),
    "mine.wishes.type_number": member("OM", mine.wishes, "type_number", _new_entry),
    "mine.comment (a colleague's)": case("OM", mine.comment, _stranger, always("Soon")),
    "mine.ask_to_move (a colleague's)": case(
        "OM", mine.ask_to_move, _stranger, always(date(2026, 12, 1)), always("Ill")
    ),
    "mine.move_or_ask (a colleague's)": case(
        "OM", mine.move_or_ask, _stranger, always(date(2026, 12, 1)), always("Ill")
    ),
    "mine.answer_request": case("OM", mine.answer_request, _asked, always(True), always("")),
    "mine.type_number": case("OM", mine.type_number, _new_entry),
    "mine.make_calendar_address": case("OMS", mine.make_calendar_address),
    "mine.end_calendar_address": case(LOGGED_IN, mine.end_calendar_address),
    "mine.made_calendar_address": plain(EVERYBODY, mine.made_calendar_address),
    # plans: the company's for those who make them; one's own as long as it is a draft
    "plans.draft": case("OM", plans.draft, _unplanned(), always(None), always(None)),
    "plans.draft (one's own)": case(
        "OMS", plans.draft, _unplanned(ZOE), always(None), always(None)
    ),
    "plans.draft (a colleague's)": case(
        "OM", plans.draft, _unplanned(MARC), always(None), always(None)
    ),
    "plans.set_priority": case(
        "OM", plans.set_priority, _begun(), always(_PRIORITY), always(None), always("")
    ),
    "plans.set_priority (one's own draft)": case(
        "OMS", plans.set_priority, _begun(ZOE), always(_PRIORITY), always(None), always("")
    ),
    "plans.set_priority (one's own, adopted)": case(
        "OM", plans.set_priority, _held(ZOE), always(_PRIORITY), always(None), always("Ill")
    ),
    "plans.set_priority (a colleague's)": case(
        "OM", plans.set_priority, _begun(MARC), always(_PRIORITY), always(None), always("")
    ),
    "plans.take_out": _of_plan("OM", plans.take_out, _begun(), _first, always("")),
    "plans.raise_priority": _of_plan("OM", plans.raise_priority, _begun(), _first),
    "plans.set_dates": case(
        "OM", plans.set_dates, _begun(), always(DUE), always(date(2027, 1, 29)), always("")
    ),
    "plans.set_terms": case("OMS", plans.set_terms, _begun(ZOE), always(_TERMS), always("")),
    "plans.set_terms (a colleague's)": case(
        "OM", plans.set_terms, _begun(MARC), always(_TERMS), always("")
    ),
    "quarter.change_draft": case("OM", quarter.change_draft, _following, _filled_in),
    "quarter.draft_again": Case("OM", _again),
    # nothing speaks against them, much against such a draft
    "quarter.adopt": case("OM", quarter.adopt, _following, _filled_in, otherwise="0 KPIs"),
    "quarter.read_draft": case(
        "OM", quarter.read_draft, _following, _filled_in, otherwise="0 KPIs"
    ),
    "plans.adopt": case("OM", plans.adopt, _begun()),
    "plans.adopt (one's own)": case("OM", plans.adopt, _begun(ZOE)),
    "plans.close": case("OM", plans.close, _begun(ZOE), always("")),
    "plans.carry_over": case("OM", plans.carry_over, _held(), always([]), always([])),
    "plans.add_under": case("OMS", plans.add_under, _held(), _under(ZOE)),
    "plans.add_under (for a colleague)": case("OM", plans.add_under, _held(), _under(MARC)),
    "plans.set_progress": case("OMS", plans.set_progress, House.action, always(50)),
    "plans.set_progress (a colleague's)": case("OM", plans.set_progress, _stranger, always(50)),
    "plans.hold_one_to_one": case(
        "OMS", plans.hold_one_to_one, _begun(ZOE), always("Help"), always("")
    ),
    "plans.hold_one_to_one (a colleague's)": case(
        "OM", plans.hold_one_to_one, _begun(MARC), always("Help"), always("")
    ),
    "plans.rewrite_one_to_one": case(
        "OMS", plans.rewrite_one_to_one, _talk(ZOE), always("Other"), always("")
    ),
    "plans.rewrite_one_to_one (a colleague's)": case(
        "OM", plans.rewrite_one_to_one, _talk(MARC), always("Other"), always("")
    ),
    # what somebody may do on a page depends on who they are; nobody is told
    "plan_page.hands": case(LOGGED_IN, plan_page.hands, _begun()),
    "plan_page.personal_hands": case(LOGGED_IN, plan_page.personal_hands, _board),
    # who is who
    "people.gestures.join": member(
        "OM", people.gestures, "join", House.person, lambda h: h.fresh("as written")
    ),
    "people.gestures.separate": member("OM", people.gestures, "separate", House.joined, always("")),
    "people.gestures.tell_apart": member(
        "OM", people.gestures, "tell_apart", House.person, House.person
    ),
    "people.gestures.add": member(
        "OM", people.gestures, "add", lambda h: Details(h.fresh("Added"))
    ),
    "people.gestures.change": member(
        "OM", people.gestures, "change", House.person, lambda h: Details(h.fresh("Changed"))
    ),
    "people.gestures.leave": member("OM", people.gestures, "leave", House.person),
    "people.gestures.take_back": member("OM", people.gestures, "take_back", House.gone),
    # pacts, experiments, good practices: whoever plans; the answer is for whoever was there
    "improve.write_pact": case("OM", improve.write_pact, _new_pact),
    "improve.change_pact": case("OM", improve.change_pact, _pact, _new_pact),
    "improve.end_pact": case("OM", improve.end_pact, _pact),
    "improve.answer_pact": case("OMS", improve.answer_pact, _pressed),
    "improve.start_experiment": case("OM", improve.start_experiment, _new_experiment),
    "improve.change_experiment": case(
        "OM", improve.change_experiment, _experiment, _new_experiment
    ),
    "improve.end_experiment": case(
        "OM", improve.end_experiment, _experiment, always(Outcome.STOP), always("No time.")
    ),
    "improve.make_practice": case("OM", improve.make_practice, _proven),
    "improve.add_practice": case("OM", improve.add_practice, _new_practice),
    "improve.change_practice": case("OM", improve.change_practice, _practice, _new_practice),
    # backups
    "safety.make_backup": case("O", safety.make_backup),
    "safety.look_at_everything": case("O", safety.look_at_everything),
    "safety.restore_backup": case("O", safety.restore_backup, House.backup),
}


def _gestures() -> Iterator[str]:
    """Return the name of every gesture there is; of a bundle, those of what is in it."""
    bundles = {
        "access.account_changes",
        "actions.changes",
        "mine.wishes",
        "company.form",
        "people.gestures",
    }
    for found in pkgutil.iter_modules(gestures.__path__):
        if found.name in QUESTIONS:
            continue
        module = import_module(f"{gestures.__name__}.{found.name}")
        for name, one in vars(module).items():
            if name.startswith("_") or not isfunction(one) or one.__module__ != module.__name__:
                continue
            if f"{found.name}.{name}" not in bundles:
                yield f"{found.name}.{name}"
                continue
            with session.acting_as(OWNER):
                bundle = one("en")
            assert is_dataclass(bundle)
            for part in fields(bundle):
                if callable(getattr(bundle, part.name)):
                    yield f"{found.name}.{name}.{part.name}"


@pytest.mark.usefixtures("house")
def test_every_gesture_has_an_expectation() -> None:
    assert set(_gestures()) == {name.partition(" ")[0] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_gesture_is_made_by_those_who_may_and_refused_to_others(
    house: House, tab: dict[str, Any], name: str
) -> None:
    one = CASES[name]
    for letter, visitor in house.visitors.items():
        tab.clear()
        session.use(house.context, lambda: OWNER, house.access)
        make = one.prepare(house, visitor)
        before = house.written()
        session.use(house.context, partial(_is, visitor), house.access)

        told = _told(make, tab)

        if letter in one.who:
            assert told.startswith(one.otherwise) if one.otherwise else told == "", letter
        else:
            assert told.startswith(REFUSED), (letter, told)
            assert house.written() == before, letter
    session.use(house.context, lambda: OWNER, house.access)


def _is(visitor: Visitor | None) -> Visitor | None:
    return visitor


def _told(make: Callable[[], object], tab: dict[str, Any]) -> str:
    """Make a gesture; return how the first refusal begins that somebody reads, "" for none."""
    try:
        make()
    except Cap90Error as error:  # dialogs show refusals themselves
        problems: tuple[Problem, ...] = error.problems
    else:
        _, problems = tab.get("refusals", (None, ()))
    return str(problems[0].what) if problems else ""
