from datetime import date, timedelta
from decimal import Decimal

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused
from pipelines.funnel import days_to_choose, people_with_deals, pipeline_review
from pipelines.funnel.model import Basis, Concern, Pace, PipelineReview
from tests.builders.pipeline import followed, seen
from tests.builders.warehouse import (
    Row,
    add,
    closed,
    created,
    imported,
    meeting,
    stage_entry,
    warehouse_with,
)

TODAY = date(2026, 11, 16)
SINCE = "2026-10-12"


def day(before: int) -> str:
    return str(TODAY - timedelta(days=before))


def open_deal(name: str, amount: float = 100, age: int = 5, **values: object) -> Row:
    known = {"name": name, "external_id": name, "seen_from": day(age), "stage": "Quoted"}
    return created(day(age), amount, **{**known, **values})


def rhythm(days: int = 30, count: int = 12, stage: str | None = "Quoted") -> list[Row]:
    """Return deals that were won so many days after they came in, and entered a stage."""
    rows: list[Row] = []
    for number in range(count):
        name = f"w{number}"
        rows.append(closed(day(40), "won", created_on=day(40 + days), external_id=name))
        if stage:
            rows.append(stage_entry(name, day(40 + days), stage=stage))
    return rows


def company(*rows: Row | list[Row], planned: bool = True) -> Context:
    flat = [row for one in rows for row in (one if isinstance(one, list) else [one])]
    context = warehouse_with(
        imported("deals", SINCE), imported("deals", str(TODAY)), *flat, today=TODAY, currency="CAD"
    )
    if planned:
        # somebody plans something for another deal, so that what is not planned can be told
        add(context, meeting(day(-3), "planned", deal="elsewhere"))
    return context


def stalled(found: PipelineReview) -> dict[str, Pace | None]:
    return {one.deal.called: one.pace for one in found.stalled.listed}


def test_a_deal_is_stalled_when_it_stays_longer_than_most_won_deals_did() -> None:
    context = company(
        rhythm(30),
        open_deal("slow", age=60),
        stage_entry("slow", day(31), stage="Quoted"),
        open_deal("usual", age=60),
        stage_entry("usual", day(30), stage="Quoted"),
    )

    assert stalled(pipeline_review(context)) == {"slow": Pace(Basis.STAGE, 31, 30, "Quoted")}


def test_most_means_85_of_100() -> None:
    rows = [
        row
        for number in range(1, 101)
        for row in (
            closed(day(10), "won", created_on=day(10 + number), external_id=f"w{number}"),
            stage_entry(f"w{number}", day(10 + number), stage="Quoted"),
        )
    ]
    context = company(rows, open_deal("a", age=150), stage_entry("a", day(86), stage="Quoted"))

    assert stalled(pipeline_review(context)) == {"a": Pace(Basis.STAGE, 86, 85, "Quoted")}


def test_where_its_stage_is_not_dated_the_last_dated_one_counts_until_the_end() -> None:
    context = company(
        rhythm(30),
        open_deal("slow", age=60, stage="Negotiation"),
        stage_entry("slow", day(50), stage="Quoted"),
    )

    assert stalled(pipeline_review(context)) == {"slow": Pace(Basis.SINCE, 50, 30, "Quoted")}


def test_a_stage_with_too_few_won_deals_gives_way_to_the_whole_life() -> None:
    context = company(
        rhythm(30, stage=None),
        open_deal("slow", age=60),
        stage_entry("slow", day(50), stage="Quoted"),
    )

    assert stalled(pipeline_review(context)) == {"slow": Pace(Basis.LIFE, 60, 30, None)}


def test_with_a_history_too_thin_nothing_is_called_stalled() -> None:
    context = company(rhythm(30, count=9), open_deal("slow", age=300))

    assert stalled(pipeline_review(context)) == {}


def test_a_deal_that_somebody_works_on_is_not_stalled() -> None:
    context = company(
        rhythm(30, stage=None),
        open_deal("spoken to", age=60),
        meeting(day(21), deal="spoken to"),
        open_deal("met soon", age=60),
        meeting(day(-2), "planned", deal="met soon"),
        open_deal("forgotten", age=60),
        meeting(day(22), deal="forgotten"),
        meeting(day(3), "cancelled", deal="forgotten"),
        meeting(day(-3), "cancelled", deal="forgotten"),
    )

    (one,) = pipeline_review(context).stalled.listed
    assert (one.deal.called, one.last_activity_on) == ("forgotten", TODAY - timedelta(days=22))


def test_open_deals_without_anything_planned_lack_a_next_step() -> None:
    context = company(
        open_deal("planned"),
        meeting(str(TODAY), "planned", deal="planned"),
        open_deal("done", 300),
        meeting(day(1), deal="done"),
        open_deal("nothing", 200),
    )

    found = pipeline_review(context).without_step
    assert [one.deal.called for one in found.listed] == ["done", "nothing"]
    assert found.deals == 2
    assert found.worth == 500


def test_without_any_planned_activity_the_files_cannot_tell_about_next_steps() -> None:
    context = company(open_deal("a"), meeting(day(1), deal="a"), planned=False)

    found = pipeline_review(context).without_step
    assert found.listed == ()
    assert str(found.unavailable).startswith("The files hold nothing that is planned for a deal")


def test_a_close_date_before_today_is_past() -> None:
    context = company(
        open_deal("past", expected_close_on=day(1)), open_deal("today", expected_close_on=day(0))
    )

    assert [one.deal.called for one in pipeline_review(context).past_close.listed] == ["past"]


def test_concentration_says_how_few_make_half() -> None:
    amounts = {"a": 500, "b": 200, "c": 150, "d": 100, "e": 50}
    context = company(
        [
            open_deal(name, amount, account="X" if name in "bc" else name)
            for name, amount in amounts.items()
        ]
    )

    found = pipeline_review(context).concentration
    assert found.deals is not None
    assert found.accounts is not None
    assert (found.deals.members, found.deals.largest, found.deals.for_half) == (5, 0.5, 1)
    assert found.deals.three_largest == pytest.approx(0.85)
    assert found.accounts.members == 4
    assert found.accounts.three_largest == pytest.approx(0.95)
    assert found.largest_accounts[:2] == (("a", Decimal(500)), ("X", Decimal(350)))


def test_questions_come_by_what_is_at_stake_and_trouble_comes_before_a_missing_step() -> None:
    context = company(
        followed(
            "slips",
            seen(SINCE, 80, expected_close_on="2026-11-02"),
            seen(str(TODAY), 80, expected_close_on="2026-12-14"),
            created_on=day(50),
        ),
        followed("gone", seen(SINCE, 70), created_on=day(50), vanished_on=str(TODAY)),
        followed("shrinks", seen(SINCE, 100), seen(str(TODAY), 60), created_on=day(50)),
        followed("shrinks a little", seen(SINCE, 100), seen(str(TODAY), 90), created_on=day(50)),
        open_deal("past", 50, expected_close_on=day(3)),
        open_deal("large", 900),
    )

    found = pipeline_review(context, date.fromisoformat(SINCE)).questions

    assert [(one.deal.called, one.concerns[0]) for one in found] == [
        ("slips", Concern.SLIPPING),
        ("gone", Concern.VANISHED),
        ("shrinks", Concern.SHRUNK),
        ("past", Concern.PAST_CLOSE),
        ("large", Concern.NO_STEP),
        ("shrinks a little", Concern.NO_STEP),
    ]
    assert str(found[0].asked) == (
        "What has to happen for “slips” to sign before 2026-12-14, and why this time?"
    )
    assert str(found[0].facts[0]) == (
        "Its expected close date moved once, from 2026-11-02 to 2026-12-14."
    )
    assert str(found[2].facts[0]) == "It lost 40% of its amount since 2026-10-12."


def test_a_stalled_deal_is_asked_about_with_its_facts() -> None:
    context = company(
        rhythm(30),
        open_deal("mill", age=60, account="Erable"),
        stage_entry("mill", day(45), stage="Quoted"),
        meeting(day(40), deal="mill"),
    )

    (one,) = pipeline_review(context).questions
    assert str(one.asked) == "Who at Erable still wants “mill”, and what are they waiting for?"
    assert [str(fact) for fact in one.facts] == [
        (
            "It has been in “Quoted” for 45 days; 85% of the deals that we won had left it, or were"
            " signed, within 30 days."
        ),
        "The last activity was on 2026-10-07.",
        "Nothing is planned for it in the CRM.",
    ]


def test_seven_questions_are_enough() -> None:
    context = company([open_deal(f"d{number}", number) for number in range(9)])

    asked = pipeline_review(context).questions
    assert [one.deal.called for one in asked] == [f"d{number}" for number in range(8, 1, -1)]


def test_a_salesperson_sees_the_companys_sums_and_only_their_own_deals() -> None:
    context = company(
        open_deal("mine", 100, owner="Ann", account="Erable", expected_close_on=day(2)),
        open_deal("theirs", 900, owner="Bob", account="Secret", expected_close_on=day(2)),
    )
    ann = context.by(Actor("Ann", scope=Scope(frozenset({"Ann"}))))

    found = pipeline_review(ann)

    assert found.bridge.closing.deals == found.past_close.deals == 2
    assert found.bridge.closing.amount == found.past_close.worth == 1000
    assert "theirs" not in repr(found)
    assert "Secret" not in repr(found)
    assert [one.deal.called for one in found.past_close.listed] == ["mine"]
    assert people_with_deals(ann) == {"Ann"}
    with pytest.raises(AccessRefused):
        pipeline_review(ann, owner="Bob")


def test_old_activities_say_how_old_they_are_and_call_nobody_idle_for_it() -> None:
    context = company(
        rhythm(30, stage=None),
        imported("activities", day(30)),
        open_deal("busy then", age=60),
        meeting(day(45), deal="busy then"),
        open_deal("idle then", age=60),
        meeting(day(55), deal="idle then"),
    )

    found = pipeline_review(context)

    assert list(stalled(found)) == ["idle then"]
    assert str(found.notes[-1]) == (
        "The newest export of activities is of 2026-10-17; what was done or planned since is not"
        " known."
    )


def test_what_a_salesperson_may_not_see_is_not_reported_as_none() -> None:
    context = company(
        rhythm(30, stage=None),
        open_deal("theirs", 900, owner="Bob", age=60, expected_close_on=day(2)),
    )
    ann = context.by(Actor("Ann", scope=Scope(frozenset({"Ann"}))))

    found = pipeline_review(ann)

    assert [worry.deals for worry in found.worries.values()] == [1, 1, 1]
    assert [worry.listed for worry in found.worries.values()] == [(), (), ()]
    assert found.questions == ()


def test_the_deals_of_one_person_have_a_bridge_of_their_own() -> None:
    context = company(open_deal("a", 100, owner="Ann"), open_deal("b", 900, owner="Bob"))

    assert pipeline_review(context, owner="Ann").bridge.closing.amount == 100
    assert people_with_deals(context) == {"Ann", "Bob"}


def test_people_are_named_as_the_product_shows_them() -> None:
    context = company(open_deal("a", 100, owner="annb"))
    add(
        context,
        Row("people", {"person_id": 1, "name": "Ann Bell", "active": True, "version": 1}),
        Row("person_names", {"source": "", "written": "annb", "person_id": 1}),
    )

    assert pipeline_review(context, owner="Ann Bell").bridge.closing.deals == 1
    assert pipeline_review(context).bridge.bars[0].listed[0].deal.owner == "Ann Bell"
    assert people_with_deals(context) == {"Ann Bell"}


def test_days_to_look_back_to_say_which_of_them_an_export_tells_about() -> None:
    assert dict(days_to_choose(company()))[date(2026, 10, 12)]
    assert not dict(days_to_choose(company()))[date(2026, 11, 1)]


def test_without_activities_of_deals_time_alone_decides_and_it_is_said() -> None:
    context = company(rhythm(30, stage=None), open_deal("slow", age=60), planned=False)

    found = pipeline_review(context)
    assert list(stalled(found)) == ["slow"]
    assert "stalled deals are told by their time alone" in str(found.notes[-1])
