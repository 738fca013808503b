"""A former value comes back the way every change is made, and the trail says who and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard import company, restoring, session
from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.entry import Entry
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.restoring import Former, Hands
from dashboard.rhythm import actions, course
from dashboard.rhythm.action import Action
from dashboard.rhythm.plan.carry import carry_over
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.kpis import choice
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.targets import TargetRequest, list_targets, set_target
from pipelines.people import register
from pipelines.people.person import Details
from pipelines.periods import Grain
from tests.builders.pages import OWNER, empty_company
from tests.builders.plans import MEETINGS, NO_SHOWS, adopted

DUE = date(2026, 11, 20)


@dataclass(frozen=True)
class House:
    """A company in an owner's hands, and what its trail says."""

    context: Context
    access: Access

    @property
    def hands(self) -> Hands:
        return Hands(self.context, self.access, OWNER)

    def newest(self, what: str) -> Entry:
        self.access.audit.take_over(self.context)
        return next(entry for entry in self.access.audit.entries() if entry.what == what)

    def restore(self, what: str, reason: str = "A slip of the pen") -> Entry:
        entry = self.newest(what)
        restoring.restore(self.hands, entry, restoring.look(self.hands, entry), reason)
        return entry


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with empty_company(tmp_path):
        yield House(session.current(), session.access())


def call(house: House) -> Action:
    return actions.add_action(house.context, "Call Érable", "Louise Gagnon", DUE)


def now(house: House) -> Action:
    (action,) = actions.list_actions(house.context)
    return action


@pytest.mark.parametrize(
    ("what", "change", "field", "former"),
    [
        ("action.renamed", lambda c: actions.rename(c, 1, 1, "Write"), "title", "Call Érable"),
        ("action.moved", lambda c: actions.move(c, 1, 1, date(2026, 12, 1), "Ill"), "due_on", DUE),
        ("action.assigned", lambda c: actions.assign(c, 1, 1, "Marc"), "owner", "Louise Gagnon"),
        ("action.linked", lambda c: actions.link(c, 1, 1, "win_rate"), "kpi", None),
        ("action.done", lambda c: actions.complete(c, 1, 1), "done_on", None),
        ("action.progressed", lambda c: course.set_progress(c, 1, 1, 40), "progress", 0),
        ("action.expected", lambda c: course.expect(c, 1, 1, None, 6), "lag_weeks", None),
        ("action.dropped", lambda c: course.drop(c, 1, 1, "No use"), "dropped_on", None),
    ],
)
def test_an_action_becomes_again_what_it_was(
    house: House, what: str, change: Callable[[Context], Any], field: str, former: object
) -> None:
    call(house)
    change(house.context)
    assert getattr(now(house), field) != former

    house.restore(what)

    assert getattr(now(house), field) == former
    assert now(house).version == 3  # a change like any other
    assert len(actions.history(house.context, 1)) == 3


def test_an_action_that_was_reopened_is_ticked_off_again_on_its_former_day(house: House) -> None:
    call(house)
    actions.complete(house.context.on(date(2026, 11, 12)), 1, 1)
    actions.reopen(house.context, 1, 2)

    house.restore("action.reopened")

    assert house.context.today() == date(2026, 11, 16)
    assert now(house).done_on == date(2026, 11, 12)


def test_the_trail_says_who_restored_what_and_why(house: House) -> None:
    call(house)
    actions.rename(house.context, 1, 1, "Write")

    entry = house.restore("action.renamed", "  Marc meant\tanother action ")

    noted = house.newest(restoring.RESTORED)
    assert (noted.actor, noted.subject) == ("Louise Gagnon", "action 1")
    assert noted.after == {
        "entry": entry.number,
        "reason": "Marc meant another action",
        "title": "Write",
        "owner": "Louise Gagnon",
    }
    change = house.newest("action.renamed")
    assert (change.before or {})["title"] == "Write"
    assert (change.after or {})["title"] == "Call Érable"
    assert house.access.audit.verify() is None


def test_without_a_reason_nothing_is_restored(house: House) -> None:
    call(house)
    actions.rename(house.context, 1, 1, "Write")

    with pytest.raises(Refused, match="reason is missing"):
        house.restore("action.renamed", " ")

    assert now(house).title == "Write"


def test_what_is_already_as_it_was_is_not_restored_again(house: House) -> None:
    call(house)
    actions.rename(house.context, 1, 1, "Write")
    first = house.newest("action.renamed")
    house.restore("action.renamed")

    with pytest.raises(Refused, match="already as it was"):
        restoring.restore(house.hands, first, restoring.look(house.hands, first), "Again")


def test_somebody_who_was_faster_is_not_overwritten(house: House) -> None:
    call(house)
    actions.rename(house.context, 1, 1, "Write")
    entry = house.newest("action.renamed")
    seen = restoring.look(house.hands, entry)
    actions.rename(house.context, 1, 2, "Visit")

    with pytest.raises(Conflict) as met:
        restoring.restore(house.hands, entry, seen, "A slip of the pen")

    assert now(house).title == "Visit"
    assert "Visit" in str(met.value.theirs)
    assert met.value.version == 3


def test_a_target_is_aimed_at_again_from_the_day_it_was_replaced(house: House) -> None:
    for value, since in ((100_000.0, date(2026, 10, 1)), (10_000.0, date(2026, 11, 1))):
        set_target(
            house.context,
            TargetRequest(key="sales_won", value=value, per=Grain.MONTH, valid_from=since),
        )

    house.restore("target.set", "A zero was missing")

    newest = max(list_targets(house.context), key=lambda target: target.target_id)
    assert (newest.value, newest.valid_from) == (100_000, date(2026, 11, 1))
    assert (newest.per, newest.reason) == (Grain.MONTH, "A zero was missing")


def test_a_segments_target_is_restored_to_the_segment(house: House) -> None:
    for segment, value in (("Retail", 100.0), (None, 500.0), ("Retail", 10.0)):
        set_target(
            house.context,
            TargetRequest("sales_won", value, DUE, per=Grain.MONTH, segment=segment),
        )

    house.restore("target.set", "A zero was missing")

    newest = max(list_targets(house.context), key=lambda target: target.target_id)
    assert (newest.value, newest.whose) == (100, ("segment", "Retail"))


def test_a_target_that_changed_meanwhile_is_looked_at_again(house: House) -> None:
    for value in (1.0, 2.0):
        set_target(
            house.context,
            TargetRequest(key="sales_won", value=value, per=Grain.MONTH, valid_from=DUE),
        )
    entry = house.newest("target.set")
    seen = restoring.look(house.hands, entry)
    set_target(
        house.context, TargetRequest(key="sales_won", value=3, per=Grain.MONTH, valid_from=DUE)
    )

    with pytest.raises(Refused, match="in the meantime"):
        restoring.restore(house.hands, entry, seen, "A slip of the pen")


def hand_kept(house: House, key: str = "visits", kind: Kind = Kind.INPUT) -> None:
    create_hand_kept(
        house.context,
        HandKept(
            key=key,
            name=key,
            kind=kind,
            unit=Unit.COUNT,
            better=Better.UP,
            aggregate=Aggregate.SUM,
        ),
    )


def typed(house: House, value: float, key: str = "visits") -> None:
    row = EntryRow(key=key, start=date(2026, 11, 9), grain=Grain.WEEK, value=value, note="heard")
    add_entry(house.context, row)


def test_a_typed_number_comes_back_with_its_note(house: House) -> None:
    hand_kept(house)
    typed(house, 12)
    typed(house, 120)

    house.restore("entry.typed")

    found = rows_behind(house.context, "visits", date(2026, 11, 9), date(2026, 11, 16))
    said = dict(zip(found.columns, found.records[0], strict=True))
    assert (said["value"], said["note"]) == (12, "heard")


def test_a_number_that_was_typed_first_has_no_former_value(house: House) -> None:
    hand_kept(house)
    typed(house, 12)

    with pytest.raises(Refused, match="nothing before"):
        house.restore("entry.typed")


def test_the_choice_of_kpis_comes_back_in_its_order(house: House) -> None:
    keys = ["a1", "a2", "a3", "r1", "r2", "r3"]
    for key in keys:
        hand_kept(house, key, Kind.INPUT if key[0] == "a" else Kind.OUTPUT)
        typed(house, 1, key)
    choice.choose(house.context, [(key, "Marc") for key in keys[:5]])
    choice.choose(house.context, [(key, None) for key in reversed(keys)])

    house.restore("choice.chosen")

    assert [(one.key, one.responsible) for one in choice.chosen(house.context)] == [
        (key, "Marc") for key in keys[:5]
    ]


def test_a_person_gets_their_former_name_and_presence_back(house: House) -> None:
    person = register.add_person(house.context, Details("Zoé Roy", "zoe@example.com"))
    register.change_person(house.context, person.person_id, 1, Details("Zoe Roi"))
    house.restore("person.changed")
    register.deactivate(house.context, person.person_id, 3)
    house.restore("person.left")

    (found,) = register.list_people(house.context)
    assert (found.name, found.email, found.active) == ("Zoé Roy", "zoe@example.com", True)


def test_an_account_gets_its_former_role_back(house: House) -> None:
    account = accounts.add_account(
        house.access, OWNER, email="marc@example.com", name="Marc", role=Role.VIEWER
    )
    accounts.change_role(house.access, OWNER, account.account_id, Role.MANAGER, 1)
    house.restore("account.role")
    accounts.disable(house.access, OWNER, account.account_id, 3)
    house.restore("account.disabled")

    found = accounts.get_account(house.access, account.account_id)
    assert (found.role, found.state) == (Role.VIEWER, accounts.State.INVITED)


def test_the_companys_settings_come_back(house: House) -> None:
    company.change(
        company.settings(), {"company": "Atelier Vieux", "mail.host": "mail.example.com"}
    )

    house.restore("settings.changed")

    assert company.settings().company == "Atelier Neuf"
    assert company.settings().mail.host is None


def test_what_cannot_be_restored_says_why(house: House) -> None:
    call(house)
    entry = house.newest("action.added")

    assert str(restoring.hindrance(entry)).startswith("An action is never taken away")
    with pytest.raises(Refused, match="never taken away"):
        restoring.look(house.hands, entry)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SALESPERSON, Role.VIEWER])
def test_only_who_reads_the_trail_restores(house: House, role: Role) -> None:
    call(house)
    actions.rename(house.context, 1, 1, "Write")
    entry = house.newest("action.renamed")
    hands = Hands(house.context, house.access, Visitor("Marc", role))

    with pytest.raises(AccessRefused):
        restoring.restore(hands, entry, Former({}, {}, 2), "Because")


def test_an_action_is_given_up_again_and_put_back_where_it_stood(house: House) -> None:
    plan = adopted(house.context, MEETINGS, NO_SHOWS)
    first, second = (one.priority_id for one in plan.standing)
    call(house)
    course.place(house.context, 1, 1, first)
    course.place(house.context, 1, 2, second)
    house.restore("action.placed")
    assert now(house).priority_id == first

    course.drop(house.context, 1, now(house).version, "No use")
    course.take_up(house.context, 1, now(house).version)
    house.restore("action.taken_up", "It is of no use")
    assert now(house).dropped_on == date(2026, 11, 16)
    assert actions.history(house.context, 1)[-1].reason == "It is of no use"


def test_what_was_said_or_planned_is_restored_nowhere_else_than_on_its_page(house: House) -> None:
    plan = adopted(house.context, MEETINGS)
    call(house)
    course.comment(house.context, 1, "Nobody answers")
    course.place(house.context, 1, 1, plan.standing[0].priority_id)
    carry_over(
        house.context,
        plan.plan_id,
        plan.version,
        priorities=[plan.standing[0].priority_id],
        actions=[1],
    )

    for what in ("action.commented", "action.carried", "plan.adopted"):
        assert restoring.hindrance(house.newest(what)) is not None
