from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.building import gap_review, meeting_review
from dashboard.rhythm.gap_review.decision import Response
from dashboard.rhythm.gap_review.freezing import read_frozen
from dashboard.rhythm.gap_review.model import DEALS_KEPT, Cause, as_seen, for_keeping
from dashboard.rhythm.meeting import closing, noting, preparing, reading, running
from dashboard.rhythm.meeting.archive import search
from dashboard.rhythm.meeting.minutes import from_json, to_json
from dashboard.rhythm.meeting.model import Kind, Topic
from dashboard.rhythm.meeting.shelf import closed_meetings
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused
from pipelines.kpis.catalogue import everything
from tests.builders import gaps
from tests.builders.meetings import LUC, TEAM, ZOE, company, seen, started
from tests.builders.warehouse import closed

KPI = "sales_won"
FRIDAY = date(2026, 11, 20)
MARGIN = "gross_margin"
#: Two salespeople, one of whom makes the gap.
SPLIT = gaps.by_owner({"Zoé Côté": -20_000, "Luc Paré": 5_000, None: 1_000})
MADE_OF = gaps.factors(-9_000, -4_000, 2_000)


def reviewing(context: Context) -> int:
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(context, number)
    return number


def test_closing_freezes_the_numbers_the_causes_and_the_decisions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    deals = [gaps.deal(f"Deal {place}", "Zoé Côté", 1_000, 0.4) for place in range(50)]
    gap = gaps.gap(KPI, splits=(SPLIT,), made_of=MADE_OF, deals=deals)
    gaps.look_at(monkeypatch, gap, gaps.gap("win_rate", 0.2, 0.3))
    number = reviewing(context)
    noting.save_note(context, number, f"gap {KPI}", "Two proposals slipped into November", 0)
    deciding.act(context, number, KPI, 0, "Call both", owner="Zoé Côté", due_on=FRIDAY)
    deciding.accept(context, number, "win_rate", 0, "Few deals were finished")
    before = meeting_review(context, number)

    closing.close(context, number)
    gaps.look_at(monkeypatch, gaps.gap(KPI, 70_000.0))  # the data change

    kept = read_frozen(context, number)
    assert meeting_review(context, number) == kept
    assert kept.month == gaps.OCTOBER
    assert [one.definition.key for one in kept.gaps] == [KPI, "win_rate"]
    assert kept.gaps[0].month == gap.month
    assert kept.gaps[0].splits == (SPLIT,)
    assert kept.gaps[0].factors == MADE_OF
    assert kept.causes == (Cause(KPI, "Two proposals slipped into November"),)
    assert kept.decisions == before.decisions
    assert [one.response for one in kept.decisions] == [Response.ACT, Response.ACCEPT]
    assert kept.records == before.records
    landing = kept.gaps[0].landing
    assert landing is not None
    assert landing.outlook is not None
    assert (len(landing.outlook.deals), landing.outlook.count) == (2 * DEALS_KEPT, 50)


def test_of_what_hardly_counts_the_largest_deals_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    likely = [gaps.deal(f"Deal {one}", "Zoé Côté", 100, 0.5) for one in range(DEALS_KEPT)]
    small = [gaps.deal(f"Small {one}", "Zoé Côté", 10, 0.0) for one in range(DEALS_KEPT)]
    large = gaps.deal("Old school", "Zoé Côté", 286_000, 0.0)
    gaps.look_at(monkeypatch, gaps.gap(KPI, deals=[*likely, *small, large]))

    (kept,) = for_keeping(gap_review(company())).gaps

    assert kept.landing is not None
    assert kept.landing.outlook is not None
    assert kept.landing.outlook.deals == (*likely, large, *small[:-1])


def test_the_minutes_of_a_gap_review_list_every_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    context = company()
    gaps.look_at(monkeypatch, gaps.gap(KPI), gaps.gap("win_rate", 0.2, 0.3))
    number = reviewing(context)
    noting.save_note(context, number, f"gap {KPI}", "Two proposals slipped", 0)
    deciding.act(context, number, KPI, 0, "Call both", owner="Zoé Côté", due_on=FRIDAY)
    deciding.accept(context, number, "win_rate", 0, "Few deals were finished")

    minutes = closing.close(context, number)

    first, second = minutes.gaps
    assert (first.key, first.actual, first.target, first.gap) == (KPI, 85_000, 100_000, -15_000)
    assert (first.cause, first.response) == ("Two proposals slipped", Response.ACT)
    assert first.action is not None
    assert (first.action.title, first.action.owner) == ("Call both", "Zoé Côté")
    assert (second.response, second.reason) == (Response.ACCEPT, "Few deals were finished")
    # what closes a gap is to be done by somebody, and counts as such
    assert [(one.title, one.owner, one.new) for one in minutes.actions] == [
        ("Call both", "Zoé Côté", True)
    ]
    assert [(one.title, one.new) for one in minutes.tasks] == [("Call both", True)]
    assert from_json(to_json(minutes)) == minutes


def test_a_gap_review_that_accepts_a_gap_is_no_numbers_meeting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    gaps.look_at(monkeypatch, gaps.gap(KPI))
    number = reviewing(context)
    deciding.accept(context, number, KPI, 0, "It was the holidays")

    minutes = closing.close(context, number)

    assert not minutes.hygiene.numbers_meeting
    (line,) = (one.line for one in closed_meetings(context))
    assert (line.decisions, line.numbers_meeting) == (1, False)


def test_one_that_decides_nothing_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    context = company()
    gaps.look_at(monkeypatch, gaps.gap(KPI))

    minutes = closing.close(context, reviewing(context))

    assert minutes.hygiene.numbers_meeting
    assert [one.response for one in minutes.gaps] == [None]


def test_minutes_of_before_there_were_gap_reviews_are_still_read() -> None:
    context = company()
    minutes = closing.close(context, started(context))

    old = to_json(minutes).replace(',"gaps":[]', "")

    assert '"gaps"' not in old
    assert from_json(old) == minutes


def test_a_weekly_meeting_keeps_no_gap_review() -> None:
    context = company()
    number = started(context)
    assert closing.close(context, number).gaps == ()

    with pytest.raises(Refused):
        read_frozen(context, number)


def test_a_review_that_is_not_closed_is_not_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    context = company()
    gaps.look_at(monkeypatch, gaps.gap(KPI))

    with pytest.raises(Refused):
        read_frozen(context, reviewing(context))


def test_the_next_review_starts_with_the_agenda_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    gaps.look_at(monkeypatch, gaps.gap(KPI))

    meeting = seen(context, reviewing(context))

    assert [(one.topic, one.minutes) for one in meeting.sections] == [
        (Topic.LANDING, 10),
        (Topic.GAPS, 35),
        (Topic.COMMITMENTS, 10),
        (Topic.CLOSE, 5),
    ]


# what changed since the last one


def test_a_month_that_is_another_one_today_is_shown_beside_what_was_said() -> None:
    september = closed("2026-09-15", "won", 1_000.0)
    context = company(september, today="2026-10-06")
    number = reviewing(context)
    said = closing.close(context, number)
    assert said.held_on == date(2026, 10, 6)
    kept = read_frozen(context, number)
    won = kept.gap(KPI)
    assert won is not None
    assert won.month is not None
    assert won.month.actual == 1_000

    context.store.write(
        lambda cursor: cursor.execute(
            "update deals set amount = 1500 where amount = 1000"
        ).fetchall()
    )
    later = gap_review(context.on(date(2026, 11, 17)))

    now = later.gap(KPI)
    assert now is not None
    assert list(now.restated or ()) == [1_000, 1_500]
    assert later.former is not None
    assert (later.former.meeting_id, later.former.month) == (number, kept.month)
    assert read_frozen(context, number).gap(KPI) == won


# who sees what


def test_whoever_may_not_see_margins_reads_a_review_and_minutes_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    margin = replace(gaps.gap(MARGIN), definition=everything(context)[MARGIN])
    gaps.look_at(monkeypatch, gaps.gap(KPI), margin)
    number = reviewing(context)
    noting.save_note(context, number, f"gap {MARGIN}", "The margin of the new range", 0)
    deciding.accept(context, number, MARGIN, 0, "Known before")
    assert len(seen(context, number).notes) == 1
    assert seen(context.by(ZOE), number).notes == ()
    with pytest.raises(Refused):
        noting.save_note(context.by(ZOE), number, f"gap {MARGIN}", "Mine", 1)
    for word in ("range", "known"):
        assert [one.meeting_id for one in search(context, word)] == [number]
        assert search(context.by(ZOE), word) == ()
    closing.close(context.by(ZOE), number)  # whoever closes it, everything is kept

    whole, hers = read_frozen(context, number), read_frozen(context.by(ZOE), number)

    assert [one.definition.key for one in whole.gaps] == [KPI, MARGIN]
    assert whole.confidential == (MARGIN,)
    assert (whole.unseen, hers.unseen) == (0, 1)
    assert [one.definition.key for one in hers.gaps] == [KPI]
    assert (hers.causes, hers.decisions, hers.confidential) == ((), (), ())
    assert [one.key for one in reading.minutes(context, number).gaps] == [KPI, MARGIN]
    assert [one.key for one in reading.minutes(context.by(ZOE), number).gaps] == [KPI]


def test_salespeople_read_their_own_part_and_the_sum_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    deals = [gaps.deal("Hers", "Zoé Côté", 9_000, 0.5), gaps.deal("His", "Luc Paré", 8_000, 0.5)]
    gap = gaps.gap(KPI, splits=(SPLIT,), deals=deals, responsible="Luc Paré")
    gaps.look_at(monkeypatch, gap)
    number = reviewing(context)
    closing.close(context, number)

    (hers,) = read_frozen(context.by(ZOE), number).gaps
    (his,) = read_frozen(context.by(LUC), number).gaps

    assert [(one.group, one.effect) for one in hers.splits[0].contributions] == [
        ("Zoé Côté", Decimal(-20_000))
    ]
    assert hers.splits[0].others == Decimal(6_000)
    assert hers.splits[0].total == SPLIT.total
    assert hers.landing is not None
    assert hers.landing.outlook is not None
    assert [one.name for one in hers.landing.outlook.deals] == ["Hers"]
    assert [one.deal.name for one in hers.landing.outlook.decisive] == ["Hers"]
    assert (hers.landing.outlook.unseen, hers.landing.outlook.decisive_unseen) == (1, 1)
    assert (hers.responsible, his.responsible) == (None, "Luc Paré")


def test_whoever_sees_nobodys_part_reads_no_breakdown_by_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    by_segment = replace(SPLIT, by="segment")
    gaps.look_at(monkeypatch, gaps.gap(KPI, splits=(SPLIT, by_segment)))
    number = reviewing(context)
    closing.close(context, number)

    (gap,) = as_seen(read_frozen(context, number), Scope(frozenset())).gaps

    assert gap.splits == (by_segment,)


def test_whoever_was_not_invited_does_not_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    context = company()
    gaps.look_at(monkeypatch, gaps.gap(KPI))
    number = reviewing(context)
    closing.close(context, number)

    with pytest.raises(AccessRefused):
        read_frozen(context.by(Actor("Anne", None, Scope(frozenset({"Anne"})))), number)


def test_a_month_that_is_not_over_is_not_reviewed() -> None:
    context = company()
    running_month = context.calendar.next(gaps.OCTOBER)

    with pytest.raises(Refused):
        gap_review(context, running_month)
    with pytest.raises(Refused):
        gap_review(context, gaps.QUARTER)
