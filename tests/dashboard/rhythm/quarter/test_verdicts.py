"""Keep, change or drop: with a reason, until the review is closed."""

import pytest

from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.minutes import from_json, to_json
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import meetings, minutes, revision
from dashboard.rhythm.quarter.freezing import meeting_review, read_frozen_quarter
from dashboard.rhythm.quarter.model import Part, Way
from dashboard.rhythm.quarter.verdicts import decide_on, take_back
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.journal import changes_after
from pipelines.kpis.choice import choose
from pipelines.people import register
from pipelines.people.person import Details
from tests.builders.meetings import FIVE, MARC, TEAM, ZOE, said, started
from tests.builders.quarters import LAST, decided, quarter_company, review_meeting
from tests.builders.warehouse import add, closed, invoice

KPI = "kpi deals_won"


def of_the_review(context: Context, number: int, subject: str = KPI) -> Way | None:
    item = meeting_review(context, number).item(subject)
    assert item is not None
    return item.decided.way if item.decided else None


def test_a_verdict_has_a_reason_and_somebody_who_decided() -> None:
    context = quarter_company()
    number = review_meeting(context)

    one = decided(context.by(MARC), number, KPI, Way.KEEP, " It tells\nmost ")

    assert (one.way, one.reason, one.change, one.decided_by, one.version) == (
        Way.KEEP,
        "It tells most",
        None,
        "Marc Roy",
        1,
    )
    assert of_the_review(context, number) is Way.KEEP
    assert of_the_review(context, number, "kpi win_rate") is None


def test_all_that_is_missing_is_said_at_once() -> None:
    context = quarter_company()

    with pytest.raises(Refused) as error:
        decided(context, review_meeting(context), KPI, Way.CHANGE, " ", "")

    assert said(error) == (
        "The reason is missing. Say in a sentence why; whoever reads it in a year was not there. "
        "It is not said what changes. Say what will be different from now on."
    )


def test_a_hundred_thousand_signs_are_refused_and_control_signs_left_out() -> None:
    context = quarter_company()
    number = review_meeting(context)

    with pytest.raises(Refused, match="too long"):
        decided(context, number, KPI, Way.KEEP, "x" * 100_000)
    assert decided(context, number, KPI, Way.KEEP, "so\u202e slow").reason == "so slow"


def test_what_changes_is_kept_for_changes_only() -> None:
    context = quarter_company()
    number = review_meeting(context)

    one = decided(context, number, KPI, Way.CHANGE, "Too slow", "Count proposals")
    two = decide_on(context, number, KPI, 1, way=Way.DROP, reason="Too slow", change="Count")

    assert (one.change, two.change, two.version) == ("Count proposals", None, 2)


def test_the_same_again_changes_nothing() -> None:
    context = quarter_company()
    number = review_meeting(context)
    one = decided(context, number, KPI)
    before = revision(context, number)

    again = decide_on(context, number, KPI, 0, way=Way.KEEP, reason=one.reason)

    assert again == one
    assert revision(context, number) == before


def test_of_two_who_decide_otherwise_the_second_sees_what_the_first_decided() -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context.by(MARC), number, KPI, Way.DROP, "Nobody looks at it")

    with pytest.raises(Conflict) as error:
        decided(context, number, KPI, Way.KEEP, "I look at it")

    assert str(error.value.theirs) == "Drop it: “Nobody looks at it”"
    assert (error.value.by, error.value.version) == ("Marc Roy", 1)
    assert of_the_review(context, number) is Way.DROP


def test_a_verdict_may_be_taken_back() -> None:
    context = quarter_company()
    number = review_meeting(context)
    one = decided(context, number, KPI)

    with pytest.raises(Conflict):
        take_back(context, number, KPI, 7)
    take_back(context, number, KPI, one.version)
    take_back(context, number, KPI, one.version)

    assert of_the_review(context, number) is None
    with pytest.raises(Refused, match="took back"):
        decide_on(context, number, KPI, one.version, way=Way.DROP, reason="No")


@pytest.mark.parametrize(
    "subject", ["kpi nothing", "action 99", "experiment 1", "ritual daily", "deal 4", "", "kpi"]
)
def test_only_what_there_is_can_be_decided_about(subject: str) -> None:
    context = quarter_company()

    with pytest.raises(Refused, match="has nothing called"):
        decided(context, review_meeting(context), subject)


def test_only_a_quarterly_review_decides_so() -> None:
    context = quarter_company()

    with pytest.raises(Refused, match="no quarterly review"):
        decided(context, started(context), KPI)
    with pytest.raises(Refused, match="no quarterly review"):
        meeting_review(context, started(context))


def test_who_is_not_invited_decides_nothing() -> None:
    context = quarter_company()
    number = preparing.plan_meeting(
        context, Kind.QUARTERLY, context.today(), invited=TEAM[:2]
    ).meeting_id

    with pytest.raises(AccessRefused):
        decided(context.by(ZOE), number, KPI)
    with pytest.raises(AccessRefused):
        meeting_review(context.by(ZOE), number)


def margins(context: Context) -> Context:
    add(context, *[invoice(str(LAST), 1_000.0, 700.0)])
    choose(context, [*FIVE.items(), ("gross_margin_rate", None)])
    return context


def test_what_shows_margins_is_not_there_for_those_who_may_not_see_them() -> None:
    context = margins(quarter_company())
    choose(context.on(LAST), [*FIVE.items(), ("gross_margin_rate", None)])
    number = review_meeting(context)
    decided(context, number, "kpi gross_margin_rate", Way.DROP, "We know it")

    with pytest.raises(Refused, match="has nothing called"):
        decided(context.by(ZOE), number, "kpi gross_margin_rate")
    seen = meeting_review(context.by(ZOE), number)
    assert seen.item("kpi gross_margin_rate") is None
    closing.close(context, number)
    assert [one.subject for one in minutes(context, number).verdicts] == ["kpi gross_margin_rate"]
    assert minutes(context.by(ZOE), number).verdicts == ()
    assert read_frozen_quarter(context.by(ZOE), number).item("kpi gross_margin_rate") is None


def test_a_new_name_is_carried_along() -> None:
    context = quarter_company()
    marc = register.add_person(context, Details("Marc Roy"))
    number = review_meeting(context)
    decided(context.by(MARC), number, KPI)

    register.change_person(context, marc.person_id, marc.version, Details("Marc-André Roy"))

    item = meeting_review(context, number).item(KPI)
    assert item is not None
    assert item.decided is not None
    assert item.decided.decided_by == "Marc-André Roy"


def test_every_verdict_stands_in_the_journal() -> None:
    context = quarter_company()
    number = review_meeting(context)
    one = decided(context, number, KPI, Way.CHANGE, "Too slow", "Count proposals")
    take_back(context, number, KPI, one.version)

    found = [
        one
        for one in context.store.read(lambda cursor: changes_after(cursor, 0))
        if one.what.startswith("verdict.")
    ]

    assert [(one.what, one.subject) for one in found] == [
        ("verdict.decided", f"verdict {number} {KPI}"),
        ("verdict.taken_back", f"verdict {number} {KPI}"),
    ]
    assert found[0].after is not None
    assert found[0].after["change"] == "Count proposals"
    assert found[1].after is None


def test_a_closed_review_stays_as_it_was_whatever_the_data_become() -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, KPI, Way.DROP, "We sell otherwise")
    seen = meeting_review(context, number)
    with pytest.raises(Refused, match="not closed yet"):
        read_frozen_quarter(context, number)

    closing.close(context, number)
    add(context, *[closed(str(LAST), "won", 100.0)] * 50)

    assert read_frozen_quarter(context, number) == seen
    assert meeting_review(context, number) == seen
    with pytest.raises(Refused, match="is closed"):
        decided(context, number, "kpi win_rate")


def test_the_minutes_hold_the_verdicts_and_are_of_no_numbers_meeting() -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, KPI, Way.CHANGE, "Too slow", "Count proposals")

    kept = closing.close(context, number)

    (line,) = kept.verdicts
    assert (line.subject, line.part, line.way, line.reason, line.change, line.decided_by) == (
        KPI,
        Part.KPIS,
        Way.CHANGE,
        "Too slow",
        "Count proposals",
        "Louise Gagnon",
    )
    assert not kept.hygiene.numbers_meeting
    assert [one.numbers_meeting for one in meetings(context) if one.meeting_id == number] == [False]
    assert from_json(to_json(kept)) == kept


def test_minutes_from_before_there_were_verdicts_are_still_read() -> None:
    context = quarter_company()
    number = started(context)
    kept = closing.close(context, number)

    former = to_json(kept).replace(',"verdicts":[]', "")

    assert '"verdicts"' not in former
    assert from_json(former) == kept


def test_a_review_that_decided_nothing_is_one_of_numbers() -> None:
    context = quarter_company()
    number = review_meeting(context)

    assert closing.close(context, number).hygiene.numbers_meeting


def test_closing_twice_keeps_the_first_review() -> None:
    context = quarter_company()
    number = review_meeting(context)
    first = closing.close(context, number)

    assert closing.close(context.by(Actor("Marc Roy")), number) == first


def test_a_review_that_has_not_started_leaves_nothing_behind() -> None:
    context = quarter_company()
    number = preparing.plan_meeting(context, Kind.QUARTERLY, context.today()).meeting_id

    with pytest.raises(Refused, match="not started"):
        closing.close(context, number)
    running.start(context, number)
    closing.close(context, number)

    assert read_frozen_quarter(context, number).meeting_id == number
