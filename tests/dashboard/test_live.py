"""Meetings over HTTP, through the gate: what somebody sends is kept, refused or asked about."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard.gestures import meetings as gestures
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.meeting import blockers, closing, noting, running
from dashboard.rhythm.meeting.model import EventKind, Status, Topic
from dashboard.rhythm.meeting.reading import revision
from pipelines.people.register import list_people
from tests.builders.live import (
    ANNE,
    INVITED,
    LOUISE,
    LUC,
    MARC,
    NOBODY,
    TODAY,
    ZOE,
    House,
    Told,
    meetings_served,
)

LONG = 100_000
FAR_TOO_LONG = 5_000_000
EMOJI = "On y va 👩🏽‍🚀🇨🇦 été œuvre"
HEBREW = "הצעת מחיר 1042 ל־Zoé"
MARKUP = "<img src=x onerror=alert(1)> ![x](https://evil.example/x.png) **fort** <b>&amp;</b> \"'`"
REASON = "12 of 30 quotes took longer than a week"
#: As of the Monday on which these meetings take place.
PAST, CHRISTMAS, FRIDAY = "2026-11-02", "2026-12-25", "2026-11-20"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with meetings_served(tmp_path_factory.mktemp("live")) as served:
        yield served


def understood(house: House, number: int) -> int:
    """Return the number of a blocker that is ready for ideas and a decision."""
    title = f"Quotes go out late {number}"
    blocker = blockers.make_blocker(house.context, number, title=title).blocker_id
    for step in ("facts", "tried", "problem"):
        noting.save_note(house.context, number, f"blocker {blocker} {step}", REASON, 0)
    return blocker


def note(house: House, number: int, subject: str) -> tuple[str, int]:
    found = [one for one in house.seen(number).notes if one.subject == subject]
    return (found[0].text, found[0].version) if found else ("", 0)


def ways(told: Told) -> list[dict[str, str]]:
    """Return what is sent with each answer to a question."""
    return [way["values"] for way in told.said["ways"]]


# who


@pytest.mark.parametrize(
    ("who", "status"),
    [(LOUISE, 200), (MARC, 200), (ZOE, 200), (LUC, 403), (ANNE, 403), (NOBODY, 401)],
)
def test_a_meeting_is_read_by_those_who_take_part_in_it(
    house: House, who: str, status: int
) -> None:
    number = house.started()
    noting.save_note(house.context, number, "section 1", "Nine new customers", 0)

    state, short = house.read(who, number), house.read(who, number, "revision")

    assert (state.status, short.status) == (status, status)
    assert ("Nine new customers" in str(state.said)) == (status == 200)
    if status == 200:
        assert short.said == {"revision": state.said["revision"]}
        assert state.said["runs"] == (who != ZOE)
        assert bool(state.said["buttons"]) == (who != ZOE)


@pytest.mark.parametrize(
    ("who", "status"),
    [(LOUISE, 200), (MARC, 200), (ZOE, 403), (LUC, 403), (ANNE, 403), (NOBODY, 401)],
)
def test_a_meeting_is_led_by_those_who_may(house: House, who: str, status: int) -> None:
    number = house.planned()
    before = revision(house.context, number)

    assert house.do(who, number, "start").status == status

    started = house.seen(number).status is Status.RUNNING
    assert started == (status == 200)
    assert (revision(house.context, number) > before) == started


@pytest.mark.parametrize(
    ("who", "status"),
    [(LOUISE, 200), (MARC, 200), (ZOE, 200), (LUC, 403), (ANNE, 403), (NOBODY, 401)],
)
def test_everybody_who_takes_part_writes(house: House, who: str, status: int) -> None:
    number = house.started()

    answer = house.note(who, number, "section 1", "A note")

    assert answer.status == status
    assert note(house, number, "section 1") == (("A note", 1) if status == 200 else ("", 0))
    if status == 200:
        assert answer.said == {"version": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_of_somebody_else_moves_nothing_in_a_meeting(
    house: House, headers: dict[str, str]
) -> None:
    number = house.planned()
    before = house.seen(number)
    note = {"what": "save_note", "subject": "section 1", "text": "Not ours", "version": 0}

    for form in ({"what": "start"}, note):
        assert house.send(LOUISE, f"/meeting/{number}/do", form, headers).status == 403

    assert house.seen(number) == before


def test_a_rating_and_a_vote_are_told_to_nobody_else(house: House) -> None:
    number = house.started()
    blocker = blockers.make_blocker(house.context, number, title="Nobody calls back").blocker_id
    for who in INVITED:
        assert house.do(who, number, "mark", name=who, present="1", version=1).status in {200, 403}
    assert house.do(ZOE, number, "rate", score=3).status == 200
    assert house.do(ZOE, number, "vote", blocker=blocker).status == 200
    for section in house.seen(number).sections:
        running.enter(house.context, number, section.position)
        own, others = house.read(ZOE, number).said, house.read(MARC, number).said
        if section.topic == "close":
            assert own["section"]["rating"]["own"] == 3
            assert others["section"]["rating"]["own"] is None
            assert set(others["section"]["rating"]) == {"own", "said"}
        if section.topic == "blockers":
            voted = {
                name: next(
                    one["voted"] for one in seen["section"]["blockers"] if one["id"] == blocker
                )
                for name, seen in (("own", own), ("others", others))
            }
            assert voted == {"own": True, "others": False}


def test_blockers_stay_where_they_are_while_votes_come_in(house: House) -> None:
    number = house.started()
    raised = [
        blockers.make_blocker(house.context, number, title=title).blocker_id
        for title in ("No prices", "Late quotes", "No answers", "No parking")
    ]
    first, second, third, fourth = raised
    topics = {one.topic: one.position for one in house.seen(number).sections}
    house.do(MARC, number, "enter", section=topics[Topic.BLOCKERS])

    def listed() -> list[dict[str, object]]:
        found: list[dict[str, object]] = house.read(ZOE, number).said["section"]["blockers"]
        return [one for one in found if one["id"] in raised]

    house.do(MARC, number, "vote", blocker=fourth)
    house.do(ZOE, number, "vote", blocker=fourth)
    house.do(ZOE, number, "vote", blocker=third)
    house.do(MARC, number, "put_in_top", blocker=fourth)
    assert [(one["id"], one["rank"], one["votes"]) for one in listed()] == [
        (first, None, "Vote · 0"),
        (second, None, "Vote · 0"),
        (third, None, "Vote · 1"),
        (fourth, 1, "Vote · 2"),
    ]

    house.do(MARC, number, "pick_top_three")
    assert [one["id"] for one in listed()] == [fourth, third, first, second]


def test_two_presses_of_next_are_one_step_and_say_so_in_the_button(house: House) -> None:
    number = house.started()
    pressed = {
        one["what"]: one.get("values", {}) for one in house.read(MARC, number).said["buttons"]
    }

    for who in (MARC, LOUISE):
        assert house.do(who, number, "next_section", **pressed["next_section"]).status == 200

    assert house.read(MARC, number).said["section"]["position"] == 2


def test_somebody_marks_themselves_and_whoever_leads_marks_everybody(house: House) -> None:
    number = house.started()

    def marks(who: str) -> set[str]:
        return {one["name"] for one in house.read(who, number).said["people"] if one["marks"]}

    assert marks(ZOE) == {ZOE}
    assert marks(MARC) >= {ZOE, MARC}


# what is sent


@pytest.mark.parametrize("length", [LONG, FAR_TOO_LONG])
def test_a_text_that_is_far_too_long_is_refused_in_a_sentence(house: House, length: int) -> None:
    number = house.started()
    before = house.seen(number)

    noted = house.note(ZOE, number, "section 1", "x" * length)
    pointed = house.do(ZOE, number, "add_item", title="x" * length)
    told = house.do(ZOE, number, "add_win", text="🎉" * LONG)

    for answer in (noted, pointed, told):
        assert answer.status == 422
        assert len(answer.said["message"]) > 20
        assert len(answer.said["message"]) < 500
    assert house.seen(number) == before


def test_the_longest_note_is_kept_whole(house: House) -> None:
    number = house.started()
    text = "🎉" * 20_000

    assert house.note(ZOE, number, "section 1", text).status == 200

    assert note(house, number, "section 1") == (text, 1)


@pytest.mark.parametrize("text", [EMOJI, HEBREW, MARKUP, "ligne 1\n\n- ligne 3 | fin"])
def test_what_people_write_is_kept_and_shown_as_it_is(house: House, text: str) -> None:
    number = house.started()
    line = " ".join(text.split())

    assert house.note(ZOE, number, "section 1", text).status == 200
    assert house.do(ZOE, number, "add_item", title=text, section=1).status == 200
    assert house.do(ZOE, number, "add_win", text=text).status == 200

    section = house.read(MARC, number).said["section"]
    assert section["topic"] == "wins"
    assert section["note"]["text"] == text
    assert [one["title"] for one in section["items"]] == [line]
    assert [one["text"] for one in section["wins"]] == [line]


def test_signs_that_nobody_sees_are_taken_out(house: House) -> None:
    number = house.started()

    assert house.note(ZOE, number, "section 1", "a\x00b\x1b[31mc\u202ed\r\ne").status == 200

    text, _ = note(house, number, "section 1")
    assert not set(text) & {"\x00", "\x1b", "\u202e", "\r"}
    assert text.endswith("\ne")


def test_an_answer_is_data_that_no_browser_takes_for_a_page(house: House) -> None:
    number = house.started()
    house.note(ZOE, number, "section 1", MARKUP)

    for what in ("state", "revision"):
        answer = house.company.ask("GET", f"/meeting/{number}/{what}", cookie=house.cookies[ZOE])
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"what": ""},
        {"what": "fly"},
        {"what": "__class__"},
        {"what": "vote"},
        {"what": "vote", "blocker": "one"},
        {"what": "vote", "blocker": "-1"},
        {"what": "vote", "blocker": "1.5"},
        {"what": "vote", "blocker": "²"},
        {"what": "vote", "blocker": "9" * 5000},
        {"what": "vote", "blocker": "999999999"},
        {"what": "enter", "section": "99"},
        {"what": "enter"},
        {"what": "rate", "score": "11"},
        {"what": "rate", "score": "ten"},
        {"what": "add_item"},
        {"what": "add_item", "title": "A point", "section": "77"},
        {"what": "add_item", "title": "A point", "concerns": "x" * 5000},
        {"what": "add_win", "text": " \u00a0\n"},
        {"what": "add_win", "text": "\u200b"},
        {"what": "make_blocker"},
        {"what": "make_blocker", "kpi": "no_such_kpi"},
        {"what": "make_blocker", "action": "999999"},
        {"what": "make_blocker", "item": "999999"},
        {"what": "keep_as_practice", "win": "999999"},
        {"what": "take_back_win", "win": "999999", "version": "1"},
        {"what": "take_back_win", "win": "1"},
        {"what": "answer_pact", "event": "999999", "version": "1", "kept": "1"},
        {"what": "answer_pact", "event": "1"},
        {"what": "mark", "name": "Somebody else", "present": "1", "version": "1"},
        {"what": "mark", "name": ZOE, "present": "1"},
        {"what": "tick", "action": "999999", "version": "1", "done": "1"},
        {"what": "new_action"},
        {"what": "new_action", "title": "Call", "owner": ZOE},
        {"what": "new_action", "title": "Call", "owner": ZOE, "due": "tomorrow"},
        {"what": "new_action", "title": "Call", "owner": "", "due": FRIDAY},
        {"what": "decide", "text": "Yes", "owner": "", "due": ""},
        {"what": "decide", "text": "Yes", "owner": ZOE, "due": FRIDAY, "blocker": "999999"},
        {"what": "park", "blocker": "999999", "version": "1", "until": FRIDAY, "forum": "Lunch"},
        {"what": "park"},
        {"what": "add_section", "title": "More", "minutes": "0"},
        {"what": "add_section", "title": "More", "minutes": "999999999"},
        {"what": "change_section", "section": "1"},
        {"what": "move_section", "section": "99", "to": "1"},
        {"what": "remove_section", "section": "99"},
        {"what": "invite"},
        {"what": "invite", "name": "x" * 5000},
        {"what": "change_meeting", "day": PAST},
    ],
    ids=lambda values: " ".join(f"{name}={value[:12]}" for name, value in values.items()),
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_changes_nothing(
    house: House, values: dict[str, str]
) -> None:
    number = house.going_on()
    before = house.seen(number)

    answer = house.send(LOUISE, f"/meeting/{number}/do", values)

    assert answer.status == 422, answer
    assert answer.said["message"].endswith(".")
    assert house.seen(number) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00what=start",
        b'{"what": "pause"}',
        b"&".join(b"a%d=1" % number for number in range(500)),
        b"what=%ED%A0%80",
        b"what" * 50_000,
    ],
)
def test_a_body_that_is_no_form_is_refused(house: House, body: bytes) -> None:
    number = house.going_on()
    before = house.seen(number)

    assert house.send(LOUISE, f"/meeting/{number}/do", body).status == 422

    assert house.seen(number) == before


@pytest.mark.parametrize("number", [0, 999_999, 10**20, "9" * 6000, "-1", "x"])
def test_a_meeting_that_there_is_not_is_refused_whatever_its_number(
    house: House, number: int | str
) -> None:
    assert house.read(LOUISE, number).status == 422
    assert house.read(LOUISE, number, "revision").status == 422
    assert house.do(LOUISE, number, "start").status == 422


@pytest.mark.parametrize("look", ["", "0", "-1", "abc", "9" * 30, "9" * 6000, "%00", "%C2%B2"])
def test_a_blocker_that_there_is_not_is_not_opened(house: House, look: str) -> None:
    number = house.going_on()

    assert house.read(LOUISE, number, query=f"&look={look}").status == 200


@pytest.mark.parametrize(
    "subject", ["", "section", "section x", "section 99", "item 999999", "blocker 999999 facts"]
)
def test_nobody_writes_about_nothing(house: House, subject: str) -> None:
    number = house.going_on()

    assert house.note(ZOE, number, subject, "A note").status == 422
    assert subject not in {one.subject for one in house.seen(number).notes}


def test_a_refusal_is_in_the_language_of_the_page(house: House) -> None:
    number = house.going_on()

    answer = house.send(ZOE, f"/meeting/{number}/do", {"what": "fly"}, language="fr")

    assert answer.said["message"] == "Personne ne sait faire cela. Rechargez la page."


def test_a_win_is_taken_back_by_whoever_wrote_it_or_leads_the_meeting(house: House) -> None:
    number = house.started()
    for who in (ZOE, MARC):
        assert house.do(who, number, "add_win", text=f"Told by {who}").status == 200

    offered = {
        who: [one["mine"] for one in house.read(who, number).said["section"]["wins"]]
        for who in (ZOE, MARC)
    }

    assert offered == {ZOE: [True, False], MARC: [True, True]}


# notes


def test_of_two_texts_for_one_place_neither_is_lost(house: House) -> None:
    number = house.started()
    assert house.note(ZOE, number, "section 1", "Zoé was first\nby far").said == {"version": 1}

    late = house.note(MARC, number, "section 1", "Marc was first")

    assert late.status == 409
    assert late.said == {"text": "Zoé was first\nby far", "version": 1, "by": ZOE}
    assert note(house, number, "section 1") == ("Zoé was first\nby far", 1)
    both = f"{late.said['text']}\nMarc was first"
    assert house.note(MARC, number, "section 1", both, late.said["version"]).said == {"version": 2}
    assert note(house, number, "section 1") == (both, 2)


def test_a_note_that_is_sent_twice_is_written_once(house: House) -> None:
    number = house.started()
    sent = [house.note(ZOE, number, "section 1", "On the train, in a tunnel") for _ in range(3)]

    assert {one.status for one in sent} == {200}
    assert note(house, number, "section 1") == ("On the train, in a tunnel", 1)


def test_every_change_shows_in_the_revision_and_a_look_does_not(house: House) -> None:
    number = house.planned()
    known = revision(house.context, number)
    for who, what, values in (
        (ZOE, "add_item", {"title": "The trade fair"}),
        (MARC, "start", {}),
        (ZOE, "add_win", {"text": "A big one"}),
        (ZOE, "make_blocker", {"title": "No prices"}),
        (MARC, "next_section", {}),
        (ZOE, "new_action", {"title": "Call", "owner": ZOE, "due": FRIDAY}),
        (ZOE, "rate", {"score": 8}),
    ):
        assert house.do(who, number, what, **values).status == 200, what
        now = house.read(ZOE, number, "revision").said["revision"]
        assert now > known, what
        assert house.read(MARC, number).said["revision"] == now
        assert house.read(MARC, number, "revision").said["revision"] == now
        known = now


# dates


@pytest.mark.parametrize("due", [PAST, CHRISTMAS, "2026-11-22"])  # the last one is a Sunday
@pytest.mark.parametrize("what", ["decide", "new_action"])
def test_an_odd_date_is_asked_about_once(house: House, what: str, due: str) -> None:
    number = house.started()
    words = {"text": "Send them", "title": "Send them", "owner": ZOE, "due": due}
    if what == "decide":
        words["blocker"] = str(understood(house, number))

    asked = house.do(MARC, number, what, **words)
    assert (asked.status, ways(asked)[0]) == (422, {"anyway": "1"})
    assert len(asked.said["message"]) > 20
    assert house.seen(number).actions == ()

    assert house.do(MARC, number, what, **words, anyway="1").status == 200
    assert len(house.seen(number).actions) == 1


def test_a_day_on_which_nobody_works_is_asked_about_before_a_blocker_waits_for_it(
    house: House,
) -> None:
    number = house.started()
    blocker = understood(house, number)
    wanted = {"blocker": blocker, "version": 1, "until": CHRISTMAS, "forum": "The next meeting"}

    asked = house.do(MARC, number, "park", **wanted)
    assert (asked.status, ways(asked)[0]) == (422, {"anyway": "1"})

    assert house.do(MARC, number, "park", **wanted, anyway="1").status == 200
    (parked,) = (one for one in house.seen(number).blockers if one.blocker_id == blocker)
    assert parked.parked_until == date(2026, 12, 25)


def test_of_two_who_put_a_blocker_on_hold_the_second_sees_both_wishes_and_nothing_is_lost(
    house: House,
) -> None:
    number = house.started()
    blocker = understood(house, number)
    running.enter(house.context, number, 4)
    first, second = (
        house.read(who, number, query=f"&look={blocker}").said["section"]["worked"]
        for who in (MARC, LOUISE)
    )
    wish = {"blocker": blocker, "until": FRIDAY}
    assert (
        house.do(MARC, number, "park", **wish, version=first["version"], forum="Lunch").status
        == 200
    )

    late = house.do(LOUISE, number, "park", **wish, version=second["version"], forum="Price round")

    assert late.status == 409
    assert "Lunch" in late.said["message"]
    assert "Price round" in late.said["message"]
    (parked,) = (one for one in house.seen(number).blockers if one.blocker_id == blocker)
    assert (parked.forum, parked.version) == ("Lunch", first["version"] + 1)
    # who has seen it may still say otherwise
    again = house.read(LOUISE, number, query=f"&look={blocker}").said["section"]["worked"]
    wished = {**wish, "version": again["version"], "forum": "Price round"}
    assert house.do(LOUISE, number, "park", **wished).status == 200


def test_nothing_waits_for_a_day_that_is_over_and_that_is_asked_about_once_at_most(
    house: House,
) -> None:
    number = house.started()
    blocker = understood(house, number)
    wanted = {"blocker": blocker, "version": 1, "until": PAST, "forum": "The next meeting"}

    house.do(MARC, number, "park", **wanted)
    again = house.do(MARC, number, "park", **wanted, anyway="1")

    assert (again.status, {"anyway": "1"} in ways(again)) == (422, False)


def test_a_salesperson_promises_for_themselves_only(house: House) -> None:
    number = house.started()

    other = house.do(ZOE, number, "new_action", title="Call", owner=MARC, due=FRIDAY)
    own = house.do(ZOE, number, "new_action", title="Call", owner=ZOE, due=FRIDAY)

    assert (other.status, own.status) == (403, 200)
    assert len(house.seen(number).actions) == 1


def test_a_line_is_taken_apart_and_nothing_is_written_before_it_was_seen(house: House) -> None:
    number = house.started()
    before = house.seen(number)

    answer = house.send(
        ZOE,
        f"/meeting/{number}/do",
        {"what": "understand", "line": "relancer le devis 1042, Zoé, vendredi"},
        language="fr",
    )

    assert answer.status == 200
    assert answer.said == {
        "title": "relancer le devis 1042",
        "owner": ZOE,
        "due": (TODAY + timedelta(days=4)).isoformat(),
        "message": "",
    }
    assert house.seen(number) == before


# the end


def test_a_closed_meeting_is_read_and_changed_no_more(house: House) -> None:
    number = house.started()
    closing.close(house.context, number)
    before = json.dumps(house.read(MARC, number).said)

    noted = house.note(ZOE, number, "section 1", "Too late")
    won = house.do(ZOE, number, "add_win", text="Too late")
    moved = house.do(MARC, number, "next_section")
    again = house.do(MARC, number, "start")

    for one in (noted, won, moved, again):
        assert one.status == 422, one
    assert "closed" in noted.said["message"]
    assert json.loads(before)["status"] == "closed"
    assert json.dumps(house.read(MARC, number).said) == before
    assert house.do(MARC, number, "close").status == 200  # it is what they wanted


def test_a_meeting_that_is_started_twice_is_the_same_meeting(house: House) -> None:
    number = house.planned()

    assert [house.do(who, number, "start").status for who in (MARC, LOUISE)] == [200, 200]

    assert [event.kind for event in house.seen(number).events].count(EventKind.STARTED) == 1


# names

#: Every gesture that takes a name, the field it stands in, and what comes with it.
NAMED: dict[str, tuple[str, dict[str, str]]] = {
    "decide": ("owner", {"text": "Send them", "due": FRIDAY}),
    "new_action": ("owner", {"title": "Send them", "due": FRIDAY}),
    "add_item": ("concerns", {"title": "The trade fair"}),
    "add_win": ("person", {"text": "A big one"}),
    "invite": ("name", {}),
    "change_meeting": ("chair", {}),
}
#: They name somebody who is invited already, and refuse everybody else.
OF_THE_INVITED = {"mark", "uninvite"}


def test_every_gesture_that_takes_a_name_is_in_the_table() -> None:
    source = Path(gestures.__file__).read_text(encoding="utf-8")
    asked = re.findall(r'asking\.(?:person|people|responsible)\([^()]*"(\w+)"', source)
    typed = set(re.findall(r'said\.typed\("(\w+)"\)', source))

    assert sorted(asked) == sorted(field for field, _ in NAMED.values())
    assert not typed & {field for field, _ in NAMED.values()} - {"name"}
    assert source.count('typed("name")') == len(OF_THE_INVITED)


def written(house: House, number: int) -> str:
    """Return everything a meeting and the people say."""
    people = sorted(person.name for person in list_people(house.context))
    return f"{house.seen(number)} {list_actions(house.context)} {people}"


@pytest.mark.parametrize("what", NAMED)
def test_a_first_name_means_the_one_who_bears_it(house: House, what: str) -> None:
    number = house.planned() if what in {"invite", "change_meeting"} else house.started()
    field, values = NAMED[what]

    answer = house.do(MARC, number, what, **values, **{field: "zoe"})

    assert answer.status == 200, answer.said
    assert "'zoe'" not in written(house, number)


@pytest.mark.parametrize("what", NAMED)
def test_a_name_that_nobody_bears_is_asked_about_and_added_by_one_more_click(
    house: House, what: str
) -> None:
    number = house.planned() if what in {"invite", "change_meeting"} else house.started()
    field, values = NAMED[what]
    name = f"Bob {what.title()}"
    sent = {**values, field: name}
    before = written(house, number)

    asked = house.do(MARC, number, what, **sent)

    assert (asked.status, asked.said["field"]) == (422, field)
    assert written(house, number) == before
    assert house.do(MARC, number, what, **sent, **ways(asked)[-1]).status == 200
    assert name in {person.name for person in list_people(house.context)}


def test_of_several_names_each_is_asked_about_and_the_others_stay(house: House) -> None:
    number = house.started()
    sent = {"title": "The trade fair", "concerns": "zoe, Marc Roi, Louise"}

    asked = house.do(MARC, number, "add_item", **sent)

    assert ways(asked)[0] == {"concerns": "zoe, Marc Roy, Louise"}
    assert house.do(MARC, number, "add_item", **sent | ways(asked)[0]).status == 200
    assert house.seen(number).items[-1].concerns == (LOUISE, MARC, ZOE)


def test_whoever_may_not_add_people_is_offered_only_those_there_are(house: House) -> None:
    number = house.started()

    asked = house.do(ZOE, number, "add_win", text="A big one", person="Marc Roi")

    assert ways(asked) == [{"person": MARC}]
    sent = house.do(ZOE, number, "add_win", text="x", person="Marc Roi", newcomer="Marc Roi")
    assert sent.status == 403


# the day it is held


def test_a_meeting_of_another_week_is_started_today_once_somebody_said_so(house: House) -> None:
    number = house.planned()
    assert house.do(MARC, number, "change_meeting", day="2027-06-16").status == 200

    asked = house.do(MARC, number, "start")

    assert (asked.status, ways(asked)) == (422, [{"today": "1"}])
    assert house.seen(number).status is Status.PLANNED
    assert house.do(MARC, number, "start", today="1").status == 200
    assert house.seen(number).held_on == TODAY


def test_a_holiday_is_asked_about_before_a_meeting_is_put_to_it(house: House) -> None:
    number = house.planned()

    asked = house.do(MARC, number, "change_meeting", day=CHRISTMAS)

    assert (asked.status, asked.said["field"]) == (422, "day")
    assert ways(asked) == [{"anyway": "1"}, {"day": "2026-12-28"}]
    assert house.seen(number).held_on == TODAY
    meant = house.do(MARC, number, "change_meeting", day=CHRISTMAS, anyway="1")
    assert meant.status == 200
    assert house.seen(number).held_on == date(2026, 12, 25)


@pytest.mark.parametrize("minutes", ["-5", "0", "241", "", "five"])
@pytest.mark.parametrize("what", ["add_section", "change_section"])
def test_a_length_that_cannot_be_is_refused_with_what_may(
    house: House, what: str, minutes: str
) -> None:
    number = house.planned()

    asked = house.do(MARC, number, what, title="Prices", section=1, minutes=minutes)

    assert (asked.status, asked.said["field"]) == (422, "minutes")
    assert asked.said["message"] == "A section takes 1 to 240 minutes."
