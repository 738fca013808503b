"""Every gesture of a meeting by every role, over HTTP: done, or refused with nothing written.

Which gestures there are is read from their table; who may make each is written out here by hand.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from dashboard.gestures.meetings import GESTURES
from dashboard.jobs import current
from dashboard.rhythm import actions
from dashboard.rhythm.gap_review.building import meeting_review
from dashboard.rhythm.meeting import (
    agenda,
    blockers,
    deciding,
    noting,
    running,
    sections,
    voting,
    wins,
)
from dashboard.rhythm.meeting.model import Item, Kind
from dashboard.rhythm.quarter.drafting import draft
from pipelines.actor import Actor
from pipelines.kpis.choice import choose, chosen
from pipelines.people import register
from pipelines.people.person import Details
from tests.builders import pacts, quarters
from tests.builders.live import (
    ANNE,
    LOUISE,
    LUC,
    MARC,
    NOBODY,
    ZOE,
    House,
    meetings_served,
)
from tests.builders.meetings import FIVE
from tests.builders.warehouse import add

#: Everybody, as the table below writes them: owner, manager, a salesperson who is invited, one
#: who is not, viewer, nobody.
PEOPLE = {"O": LOUISE, "M": MARC, "S": ZOE, "L": LUC, "V": ANNE, "-": NOBODY}
LEADS, TAKES_PART = "OM", "OMS"
DUE = date(2026, 11, 20)

Values = Mapping[str, object]
Prepare = Callable[[House, int], Values]


@dataclass(frozen=True)
class Case:
    """A gesture, who may make it, and what it is made with.

    Attributes:
        who: The letters of those who may.
        prepare: Makes what it needs in the product's own hands; returns what is sent.
        planned: It is made before the meeting starts.
        kind: Of the meeting it is made in.
        missing: How those are answered who take part and do not even learn that it is there.
    """

    who: str
    prepare: Prepare = lambda _house, _number: {}
    planned: bool = False
    kind: Kind = Kind.WEEKLY
    missing: int = 403


def _item(house: House, number: int, by: str = MARC) -> Item:
    return agenda.add_item(house.context.by(Actor(by)), number, "The trade fair")


def _taken(item: Item) -> Values:
    return {"item": item.item_id, "version": item.version}


def _blocker(house: House, number: int) -> int:
    return blockers.make_blocker(house.context, number, title="Quotes go out late").blocker_id


def _understood(house: House, number: int) -> int:
    blocker = _blocker(house, number)
    for step in ("facts", "tried", "problem"):
        noting.save_note(house.context, number, f"blocker {blocker} {step}", "Some words", 0)
    return blocker


def _alone_on_top(house: House, number: int) -> Values:
    blocker = _blocker(house, number)
    voting.order_blockers(house.context, number, [blocker])
    return {"blocker": blocker}


def _none_on_top(house: House, number: int) -> Values:
    voting.order_blockers(house.context, number, [])
    return {"blocker": _blocker(house, number)}


def _voted(house: House, number: int) -> Values:
    """Return a blocker that nobody has spent their votes on."""
    blocker = _blocker(house, number)
    for name in (LOUISE, MARC, ZOE):
        own = house.context.by(Actor(name))
        for spent in house.seen(number).blockers:
            voting.take_back_vote(own, number, spent.blocker_id)
        voting.vote(own, number, blocker)
    return {"blocker": blocker}


def _votes(house: House, number: int) -> Values:
    values = _voted(house, number)
    for name in (LOUISE, MARC, ZOE):
        voting.take_back_vote(house.context.by(Actor(name)), number, int(str(values["blocker"])))
    return values


def _action(owner: str) -> Prepare:
    def prepare(house: House, _number: int) -> Values:
        made = actions.add_action(house.context, "Call", owner, DUE)
        return {"action": made.action_id, "version": made.version, "done": "1"}

    return prepare


def _raised_by(name: str) -> Prepare:
    def prepare(house: House, number: int) -> Values:
        raiser = house.context.by(Actor(name))
        title = f"Nobody calls back {house.context.store.version}"
        blocker = blockers.make_blocker(raiser, number, title=title).blocker_id
        return {"blocker": blocker, "version": 1}

    return prepare


def _agreed(house: House, number: int) -> Values:
    made = deciding.new_action(house.context, number, "Call", LOUISE, DUE)
    return {"action": made.action_id, "version": made.version, "owner": MARC, "due": DUE}


def _marked(name: str) -> Prepare:
    def prepare(house: House, number: int) -> Values:
        (seen,) = (one for one in house.seen(number).attendees if one.name == name)
        return {"name": name, "present": "0" if seen.present else "1", "version": seen.version}

    return prepare


def _guest(house: House, _number: int) -> Values:
    name = f"Guest {house.context.store.version}"
    return {"name": register.add_person(house.context, Details(name)).name}


def _win(house: House, number: int) -> Values:
    return {"win": wins.add_win(house.context, number, "A big one").win_id}


def _told_by(name: str) -> Prepare:
    def prepare(house: House, number: int) -> Values:
        win = wins.add_win(house.context.by(Actor(name)), number, "A big one")
        return {"win": win.win_id, "version": win.version}

    return prepare


def _fired(house: House, _number: int) -> Values:
    event = pacts.fired(house.context, pacts.QUARTER, date(2026, 11, 10))
    return {"event": event.event_id, "version": event.version, "kept": "1"}


def _note(house: House, number: int) -> Values:
    subject = "section 1"
    known = next((one.version for one in house.seen(number).notes if one.subject == subject), 0)
    return {"subject": subject, "text": f"Note {known + 1}", "version": known}


def _section(house: House, number: int) -> Values:
    # the next meeting takes over the agenda of the last one, and has twenty sections at most
    there = [one.position for one in house.seen(number).sections if one.title == "Stock"]
    return {
        "section": there[-1]
        if there
        else sections.add_section(house.context, number, "Stock", 5).position
    }


def _last(house: House, number: int) -> Values:
    return {**_section(house, number), "to": 1}


def _minutes(house: House, number: int) -> Values:
    return {**_section(house, number), "minutes": 7, "title": "Prices"}


def _paused(house: House, number: int) -> Values:
    running.pause(house.context, number)
    return {}


def _going(house: House, number: int) -> Values:
    running.resume(house.context, number)
    return {}


def _gap(house: House, number: int) -> Values:
    """Return a KPI with the version of what is decided about it."""
    decision = meeting_review(house.context, number).decision("sales_won")
    return {"kpi": "sales_won", "version": decision.version if decision else 0}


def _acting(house: House, number: int) -> Values:
    return {**_gap(house, number), "title": "Call", "owner": ZOE, "due": DUE}


def _adjusting(house: House, number: int) -> Values:
    values = _gap(house, number)
    amount = 90_000 + int(str(values["version"]))
    wanted = {"value": amount, "per": "month", "from": "2026-11-16", "reason": "Two people left"}
    return {**values, **wanted}


def _accepting(house: House, number: int) -> Values:
    values = _gap(house, number)
    return {**values, "reason": f"Holidays {values['version']}"}


def _deciding(_house: House, _number: int) -> Values:
    return {"subject": "ritual weekly", "version": 0, "way": "keep", "reason": "It helps"}


def _decided(house: House, number: int) -> Values:
    """Return a ritual that is decided about."""
    one = quarters.decided(house.context.by(Actor(LOUISE)), number, "ritual weekly")
    return {"subject": "ritual weekly", "version": one.version}


def _adoptable(house: House, number: int) -> Values:
    """Return the draft of a quarter that nothing speaks against."""
    context = house.context.by(Actor(LOUISE))
    if not chosen(context):
        add(context, *quarters.rows_of([5] * 8))
        choose(context.on(date(2026, 7, 6)), list(FIVE.items()))
        quarters.plan_of_the_quarter(context)
    return {"version": draft(context, number).version}


def _promise(owner: str) -> Prepare:
    return lambda _house, _number: {"title": "Call", "owner": owner, "due": DUE}


CASES: dict[str, Case] = {
    # whoever leads it
    "start": Case(LEADS, planned=True),
    "next_section": Case(LEADS),
    "previous_section": Case(LEADS),
    "pause": Case(LEADS, _going),
    "resume": Case(LEADS, _paused),
    "suspend": Case(LEADS, _going),
    "close": Case(LEADS),
    "enter": Case(LEADS, lambda _house, _number: {"section": 2}),
    "mark": Case(LEADS, _marked(MARC)),
    "mark (oneself)": Case(TAKES_PART, _marked(ZOE)),
    "change_meeting": Case(LEADS, lambda _house, _number: {"purpose": "inform"}, planned=True),
    "invite": Case(LEADS, _guest),
    "uninvite": Case(LEADS, _guest),
    "add_section": Case(LEADS, lambda _house, _number: {"title": "More", "minutes": 5}),
    "change_section": Case(LEADS, _minutes),
    "move_section": Case(LEADS, _last, planned=True),
    "remove_section": Case(LEADS, _section, planned=True),
    "pick_top_three": Case(LEADS),
    "put_in_top": Case(LEADS, _none_on_top),
    "take_from_top": Case(LEADS, _alone_on_top),
    "park": Case(
        LEADS,
        lambda house, number: {
            "blocker": _blocker(house, number),
            "version": 1,
            "until": DUE,
            "forum": "Lunch",
        },
    ),
    "decide": Case(
        LEADS,
        lambda house, number: {
            "blocker": _understood(house, number),
            "text": "Send them",
            "owner": ZOE,
            "due": DUE,
        },
    ),
    "close_item": Case(LEADS, lambda house, number: _taken(_item(house, number))),
    # everybody who takes part
    "close_item (one's own)": Case(
        TAKES_PART, lambda house, number: _taken(_item(house, number, ZOE))
    ),
    "drop_blocker": Case(LEADS, _raised_by(MARC)),
    "drop_blocker (one's own)": Case(TAKES_PART, _raised_by(ZOE)),
    "change_agreed": Case(LEADS, _agreed),
    "add_item": Case(TAKES_PART, lambda _house, _number: {"title": "The trade fair"}),
    "make_blocker": Case(TAKES_PART, lambda _house, _number: {"title": "No prices"}),
    "vote": Case(TAKES_PART, _votes),
    "take_back_vote": Case(TAKES_PART, _voted),
    "save_note": Case(TAKES_PART, _note),
    "add_win": Case(TAKES_PART, lambda _house, _number: {"text": "A big one"}),
    "answer_pact": Case(TAKES_PART, _fired),
    "take_back_win": Case(LEADS, _told_by(MARC)),
    "take_back_win (one's own)": Case(TAKES_PART, _told_by(ZOE)),
    "keep_as_practice": Case(TAKES_PART, _win),
    "rate": Case(TAKES_PART, lambda _house, _number: {"score": 8}),
    "understand": Case(TAKES_PART, lambda _house, _number: {"line": "call Zoé, Friday"}),
    # what is decided about a gap, in a gap review
    "act_on_gap": Case(LEADS, _acting, kind=Kind.MONTHLY),
    "adjust_target": Case(LEADS, _adjusting, kind=Kind.MONTHLY),
    "accept_gap": Case(LEADS, _accepting, kind=Kind.MONTHLY),
    # what is kept, changed or dropped, and what comes of it, in a quarterly review
    "decide_on": Case(LEADS, _deciding, kind=Kind.QUARTERLY),
    "take_back_verdict": Case(LEADS, _decided, kind=Kind.QUARTERLY),
    "adopt_quarter": Case(LEADS, _adoptable, kind=Kind.QUARTERLY),
    # one's own actions; anybody's for those who assign them
    "tick": Case(TAKES_PART, _action(ZOE)),
    "tick (a colleague's)": Case(LEADS, _action(MARC), missing=422),
    "new_action": Case(TAKES_PART, _promise(ZOE)),
    "new_action (for a colleague)": Case(LEADS, _promise(MARC)),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with meetings_served(tmp_path_factory.mktemp("meetings")) as served:
        yield served
        current.close_desk()  # closing a meeting has letters sent


def test_every_gesture_of_a_meeting_has_an_expectation() -> None:
    assert set(GESTURES) == {name.partition(" ")[0] for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_gesture_of_a_meeting_is_made_by_those_who_may_and_refused_to_others(
    house: House, name: str
) -> None:
    one = CASES[name]
    number = house.planned(one.kind) if one.planned else house.started(one.kind)
    for letter in reversed(PEOPLE):  # those who may come last: some gestures end something
        values = one.prepare(house, number)
        before = house.seen(number), house.context.store.version

        told = house.do(PEOPLE[letter], number, name.partition(" ")[0], **values)

        if letter in one.who:
            assert told.status == 200, (letter, told)
        else:
            right = 401 if letter == "-" else one.missing if letter == "S" else 403
            assert told.status == right, (letter, told)
            assert (house.seen(number), house.context.store.version) == before, letter
