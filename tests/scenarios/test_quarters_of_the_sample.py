"""What is planted in the sample company comes out of its two closed quarters, in words."""

import re
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path

import pytest

from dashboard.report.gap_review_sheet import gap_review_sheet
from dashboard.report.quarterly.sheet import quarter_sheet
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.comparison.reading import compare
from dashboard.rhythm.effect.discipline import Mark, Point
from dashboard.rhythm.gap_review.decision import Response
from dashboard.rhythm.gap_review.freezing import read_frozen
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import BlockerStatus, Kind, Status
from dashboard.rhythm.meeting.reading import meetings, minutes
from dashboard.rhythm.plan.model import PlanStatus
from dashboard.rhythm.plan.reading import list_plans
from dashboard.rhythm.quarter.drafting import draft
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.model import Item, Way
from dashboard.rhythm.quarter.reading import quarter_review
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.text import LANGUAGES, Language, render
from pipelines.context import Context, open_context
from pipelines.gaps.model import Split
from pipelines.gaps.words import split_sentence, telling
from pipelines.kpis.choice import choose, chosen
from pipelines.kpis.target import in_force
from pipelines.kpis.targets import TargetRequest, list_targets, set_target
from pipelines.periods import Grain
from tests.builders.by_hand import TODAY
from tests.builders.sample import sample_context, sample_workspace

MARGIN, NO_SHOWS, MEETINGS = "gross_margin_rate", "no_show_rate", "meetings_held"
QUARTERS = [(date(2026, 4, 1), date(2026, 7, 1)), (date(2026, 7, 1), date(2026, 10, 1))]
MONTHS = [date(2026, month, 1) for month in range(5, 11)]


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())


def numbers(context: Context, kind: Kind) -> list[int]:
    """Return the closed meetings of a kind, the oldest first."""
    found = [one for one in meetings(context) if (one.kind, one.status) == (kind, Status.CLOSED)]
    return [one.meeting_id for one in sorted(found, key=lambda one: one.held_on)]


@cache
def quarter(place: int) -> QuarterRecord:
    context = sample_context()
    return read_record(context, numbers(context, Kind.QUARTERLY)[place])


@cache
def months() -> list[GapReview]:
    context = sample_context()
    return [read_frozen(context, number) for number in numbers(context, Kind.MONTHLY)]


def item(place: int, subject: str) -> Item:
    found = quarter(place).review.item(subject)
    assert found is not None
    return found


def said(place: int, subject: str, language: Language) -> str:
    """Return the facts of an item in a language, blanks plain."""
    facts = item(place, subject).facts
    return plain(" ".join(render(fact.said, language) for fact in facts))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_two_quarters_and_six_months_are_closed() -> None:
    kept = [quarter(place).review for place in (0, 1)]

    assert [(one.quarter.start, one.quarter.end) for one in kept] == QUARTERS
    assert [one.month.start for one in months()] == MONTHS


# no-shows


def test_the_reminders_are_judged_by_signals_after_their_day_and_by_an_interval() -> None:
    (found,) = (one for one in quarter(1).review.work if one.work and one.work.experiment)
    effect = found.work.effect if found.work else None

    assert effect is not None
    assert effect.finding is Finding.RIGHT
    assert effect.shows_from == date(2026, 8, 10)
    # a fifth became a twentieth: counted in the files, 20.7 % before and 4.8 % since
    assert effect.difference == pytest.approx(-0.16, abs=0.015)
    assert effect.low is not None
    assert effect.high is not None
    assert effect.low < effect.difference < effect.high < 0


def test_what_the_reminders_did_is_said_in_words() -> None:
    (found,) = (one for one in quarter(1).review.work if one.work and one.work.experiment)

    assert (
        "Taux de rendez-vous non honorés : 9 semaines avec un signal dans le bon sens depuis le"
        " 10 août 2026. De 20,7 % à 5,3 % en moyenne (13 semaines avant, 9 après) : −15,5 pts,"
        " entre −18,4 pts et −12,5 pts."
    ) in said(1, found.subject, "fr_CA")
    assert (
        "No-show rate: 9 weeks with a signal in the right direction since Aug 10, 2026. From 20.7%"
        " to 5.3% on average (13 weeks before, 9 after): −15.5 pts, between −18.4 pts and"
        " −12.5 pts."
    ) in said(1, found.subject, "en")
    assert found.decided is not None
    assert found.decided.way is Way.KEEP


def test_before_the_reminders_no_week_was_a_signal_and_after_them_most_were() -> None:
    before, after = (item(place, f"kpi {NO_SHOWS}").kpi for place in (0, 1))

    assert before is not None
    assert after is not None
    assert (before.good_signals, before.bad_signals, before.on_target) == (0, 0, False)
    assert (after.good_signals, after.bad_signals, after.on_target) == (11, 0, True)
    assert "aucune semaine n’a été un signal" in said(0, f"kpi {NO_SHOWS}", "fr_CA")
    assert "11 favourable weeks and 0 adverse weeks" in said(1, f"kpi {NO_SHOWS}", "en")


# the margin


def by_segment(review: GapReview) -> str:
    gap = review.gap(MARGIN)
    assert gap is not None
    (split,) = (one for one in gap.splits if one.by == "segment")
    return plain(render(split_sentence(gap, split), "fr_CA"))


def test_every_month_names_the_segment_that_makes_the_gap() -> None:
    for review in months():
        assert "l’essentiel vient d’Institutionnel (" in by_segment(review)
        assert "par son propre taux" in by_segment(review)


def test_the_quarters_name_it_too_and_it_tells_more_than_any_other_split() -> None:
    for place in (0, 1):
        gap = quarter(place).numbers.gap(MARGIN)
        assert gap is not None
        most: Split | None = telling(gap.splits)
        assert most is not None
        assert most.by == "segment"
        assert "Institutionnel" in render(split_sentence(gap, most), "en")


def test_the_margin_is_missed_twice_and_the_second_review_changes_something() -> None:
    first, second = (item(place, f"kpi {MARGIN}") for place in (0, 1))

    assert first.kpi is not None
    assert second.kpi is not None
    assert (first.kpi.on_target, second.kpi.on_target) == (False, False)
    assert first.kpi.bad_signals == 12
    assert first.decided is not None
    assert second.decided is not None
    assert (first.decided.way, second.decided.way) == (Way.KEEP, Way.CHANGE)
    assert second.decided.change


# the months: causes and decisions


def test_the_months_act_adjust_and_accept_and_say_what_the_cause_is() -> None:
    found = [(review, one) for review in months() for one in review.decisions]

    assert {one.response for _, one in found} == set(Response)
    assert all(review.cause(one.kpi) for review, one in found)
    assert all(one.reason or one.action for _, one in found)
    assert {one.kpi: one.response for one in months()[-1].decisions} == {
        "sales_won": Response.ACCEPT,
        "win_rate": Response.ACCEPT,
        MARGIN: Response.ACT,
    }


def test_an_adjusted_target_holds_from_its_month_and_not_before() -> None:
    kept = [one for one in list_targets(sample_context(), MEETINGS) if one.owner is None]
    june, july = (in_force(kept, date(2026, month, 30)) for month in (6, 7))

    assert june is not None
    assert july is not None
    assert (june.value, july.value) == (24, 22)
    assert july.reason


def test_a_gap_became_a_blocker_that_the_weekly_meeting_worked() -> None:
    context = sample_context()
    (handed_on,) = (
        blocker
        for number in numbers(context, Kind.MONTHLY)
        for blocker in minutes(context, number).blockers
    )
    worked: list[Minutes] = [
        one
        for number in numbers(context, Kind.WEEKLY)
        for one in (minutes(context, number),)
        if any(each.blocker_id == handed_on.blocker_id and each.decisions for each in one.blockers)
    ]

    assert handed_on.status is BlockerStatus.OPEN
    assert [one.held_on for one in worked] == [date(2026, 9, 15)]


def test_a_month_says_which_files_came_in_since_the_one_before() -> None:
    # those of the days after the review of 6 October, up to that of 3 November itself
    assert [(one.entity, one.file_name[-14:-4]) for one in months()[-1].intakes] == [
        ("deals", "2026-10-12"),
        ("activities", "2026-10-13"),
        ("invoices", "2026-10-13"),
        ("activities", "2026-11-03"),
        ("invoices", "2026-11-03"),
    ]
    assert not any(review.intakes for review in months()[:-1])


# the quarters: what becomes of everything


def test_a_kpi_gave_way_to_another_one_and_history_says_so() -> None:
    first, second = (item(place, "kpi pipeline_created") for place in (0, 1))

    assert first.decided is not None
    assert first.decided.way is Way.CHANGE
    assert second.kpi is not None
    assert [name.en for name in second.kpi.replaced_by] == ["Proposals sent"]
    assert "pipeline_created" in {one.key for one in chosen(sample_context(), date(2026, 7, 13))}
    assert "proposals_sent" in {one.key for one in chosen(sample_context(), date(2026, 7, 14))}


def test_quarters_side_by_side_count_the_kpis_that_their_closed_reviews_count() -> None:
    context = sample_context()
    spring, summer = (quarter(place).review.quarter for place in (0, 1))

    value = compare(context, spring, summer)

    for place, side, counts in (
        (0, attrgetter("first"), (2, 7)),
        (1, attrgetter("second"), (3, 7)),
    ):
        lead = quarter_sheet(quarter(place), "en", context.calendar).lead
        assert value.on_target(side) == counts
        assert any(re.match(r"{} KPIs? out of {} ".format(*counts), one.text) for one in lead)


def test_what_the_second_review_gave_up_is_given_up_for_its_reason() -> None:
    (dropped,) = (
        one for one in quarter(1).review.items if one.decided and one.decided.way is Way.DROP
    )
    number = dropped.work.number if dropped.work else None
    (action,) = (one for one in list_actions(sample_context()) if one.action_id == number)

    assert action.dropped_on == date(2026, 10, 13)
    assert action.done_on is None


def test_the_plans_come_out_of_the_reviews_one_after_the_other() -> None:
    context = sample_context()
    running, former = list_plans(context)
    drafts = [draft(context, number) for number in numbers(context, Kind.QUARTERLY)]

    assert all(one.adopted for one in drafts)
    assert [one.draft.former_plan for one in drafts] == [None, former.plan_id]
    assert running.carried_from == former.plan_id
    assert (running.status, former.status) == (PlanStatus.ADOPTED, PlanStatus.CLOSED)
    for plan, one in zip((former, running), drafts, strict=True):
        assert [each.title for each in plan.standing] == [
            each.title for each in one.draft.priorities
        ]
    went_on = {one.priority_id: one.kpi for one in former.standing}
    assert [went_on.get(one.carried_from or 0) for one in running.standing] == [
        MEETINGS,
        MARGIN,
        None,
    ]


def test_the_experiment_ended_as_the_review_decided() -> None:
    (decided,) = draft(
        sample_context(), numbers(sample_context(), Kind.QUARTERLY)[1]
    ).draft.experiments

    assert decided.outcome is Outcome.GENERALISE


def test_the_experiment_stands_in_the_closed_review_as_it_ended() -> None:
    (found,) = (one for one in quarter(1).review.work if one.work and one.work.experiment)

    assert found.work is not None
    assert found.work.outcome is Outcome.GENERALISE
    assert "Du 3 août 2026 au 13 octobre 2026 : généralisé." in said(1, found.subject, "fr_CA")


def test_the_reminders_have_one_result_under_both_their_names() -> None:
    about = [
        one.work.effect
        for one in quarter(1).review.work
        if one.work and one.work.effect and one.work.kpi == NO_SHOWS
    ]

    # the experiment, and the action that it began with
    assert len(about) == 2
    assert about[0].difference == about[1].difference


def test_a_priority_that_goes_on_starts_from_where_its_kpi_stands() -> None:
    following = quarter(1).following
    assert following is not None
    meetings = next(one for one in following.draft.priorities if one.kpi == MEETINGS)

    # 23, 26, 26 and 24 were held in the four weeks before 12 October, counted in the files
    assert meetings.from_value == 24.8
    assert meetings.to_value is not None
    assert meetings.to_value > meetings.from_value


def test_every_next_priority_has_an_action() -> None:
    following = quarter(1).following
    assert following is not None

    assert all(one.actions for one in following.draft.priorities)


# the lost week


def test_the_lost_week_is_an_adverse_signal_of_the_running_quarter() -> None:
    running = sample_context().calendar.period(Grain.QUARTER, TODAY)
    found = quarter_review(sample_context(), running).item(f"kpi {MEETINGS}")

    assert found is not None
    assert found.weeks[-1].week.start == date(2026, 11, 9)
    assert (found.weeks[-1].signal is not None, found.weeks[-1].favourable) == (True, False)


# what is kept


def test_a_closed_review_does_not_change_with_what_comes_later(tmp_path: Path) -> None:
    with open_context(sample_workspace(tmp_path)) as context:
        number = numbers(context, Kind.QUARTERLY)[1]
        month = numbers(context, Kind.MONTHLY)[-1]
        then = read_record(context, number), read_frozen(context, month)
        set_target(context, TargetRequest(MARGIN, 0.10, date(2026, 1, 1), reason="Autrement"))
        keys = [(one.key, one.responsible) for one in chosen(context)]
        choose(context, [*keys[1:], ("deals_won", None)])
        context.store.write(
            lambda cursor: cursor.execute(
                "delete from invoices where invoiced_on < '2026-11-01'"
            ).fetchall()
        )

        assert (read_record(context, number), read_frozen(context, month)) == then
        again = quarter_review(context.on(date(2026, 10, 13)), then[0].review.quarter)
        assert again.item(f"kpi {MARGIN}") != then[0].review.item(f"kpi {MARGIN}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_are_made_from_what_was_kept(language: Language) -> None:
    calendar = sample_context().calendar

    for place in (0, 1):
        assert quarter_sheet(quarter(place), language, calendar).parts
    for review in months():
        assert gap_review_sheet(review, language, calendar).parts


def test_a_closed_review_says_that_its_plan_was_adopted_and_that_it_was_held() -> None:
    for place in (0, 1):
        kept = quarter(place)
        assert kept.following is not None
        assert kept.following.adopted
        held = next(line for line in kept.discipline.lines if line.point is Point.QUARTERLY)
        assert held.mark is Mark.MET
