"""Blockers in a meeting: which come first, and the one that is worked, facts first."""

from typing import Any

from dashboard import format as shown
from dashboard.components.meeting_note import note_field
from dashboard.components.meeting_pacts import other_pacts, pacts_of_blocker
from dashboard.components.meeting_sight import Sight
from dashboard.rhythm.meeting.model import Blocker, BlockerStatus, Meeting
from dashboard.rhythm.meeting.voting import TOP
from dashboard.rhythm.meeting.words import is_name_of, state_name
from dashboard.rhythm.review import Row
from dashboard.text import Language, render, text
from pipelines.kpis.catalogue import shows_margins


def blockers_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return the blockers that a meeting has before it, and the one that is worked."""
    meeting = sight.meeting
    ranked = _in_order(meeting)
    shown_one = next((one for one in ranked if one.blocker_id == sight.looked_at), None) or next(
        (one for one in ranked if one.rank and one.status is BlockerStatus.OPEN), None
    )
    return {
        "lead": text("The top three: facts first, then ideas, then one decision.", language),
        "pacts": other_pacts(sight, language),
        "blockers": [_blocker(one, sight, shown_one, language) for one in ranked],
        "worked": shown_one and _worked(shown_one, sight, language),
    }


def _in_order(meeting: Meeting) -> list[Blocker]:
    """Return the blockers as they were raised, from the day the three are taken those first.

    Neither votes nor a decision move anything: a row that moves takes the next tap of another one.
    """
    taken = [one for one in meeting.blockers if one.rank or _settled_here(one, meeting)]
    complete = len(taken) >= min(TOP, len(meeting.blockers))

    def place(one: Blocker) -> tuple[int, int]:
        rank = one.rank if complete and one.rank else len(meeting.blockers) + 1
        return rank, one.blocker_id

    return sorted(meeting.blockers, key=place)


def _settled_here(blocker: Blocker, meeting: Meeting) -> bool:
    return meeting.meeting_id in {blocker.worked_in, blocker.parked_in}


def _blocker(
    blocker: Blocker, sight: Sight, shown_one: Blocker | None, language: Language
) -> dict[str, Any]:
    return {
        "id": blocker.blocker_id,
        "title": _title(blocker, sight, language),
        "facts": " · ".join(part for part in _facts(blocker, sight, language) if part),
        "rank": blocker.rank,
        "votes": text("Vote · {count}", language, count=blocker.votes),
        "voted": blocker.blocker_id in sight.meeting.own_votes,
        "shown": blocker == shown_one,
        "settled": _settled(blocker, sight, language),
    }


def _title(blocker: Blocker, sight: Sight, language: Language) -> str:
    """Return what a blocker is called: one that is a KPI, as its reader calls it, with its value."""
    kpi = sight.kpis.get(blocker.kpi) if blocker.kpi else None
    if kpi is None or not is_name_of(blocker.title, kpi.name):
        return blocker.title
    name = render(kpi.name, language)
    row = _row(blocker, sight)
    if row is None or row.latest is None or row.latest.point.value is None:
        return name
    value = shown.value(
        row.latest.point.value, kpi.unit, language, currency=row.currency, compact=True
    )
    if row.latest.aim is None:
        return text("{kpi}: {value}", language, kpi=name, value=value)
    target = shown.aim(row.latest.aim, kpi.unit, language, currency=row.currency, compact=True)
    return text("{kpi}: {value}, target {target}", language, kpi=name, value=value, target=target)


def _facts(blocker: Blocker, sight: Sight, language: Language) -> tuple[str | None, ...]:
    """Return who is behind a blocker: of a KPI, whoever answers for it before whoever said so."""
    kpi = sight.kpis.get(blocker.kpi) if blocker.kpi else None
    raised = blocker.raised_by
    raised_by = text("raised by {name}", language, name=raised) if raised else None
    tasks = (task.action for task in sight.read_back)
    action = next((one for one in tasks if one.action_id == blocker.action_id), None)
    if action is not None:
        return action.owner, raised_by
    if kpi is None or not is_name_of(blocker.title, kpi.name):
        return raised, render(kpi.name, language) if kpi else None
    row = _row(blocker, sight)
    return row.responsible if row else None, raised_by


def _row(blocker: Blocker, sight: Sight) -> Row | None:
    rows = sight.review.rows if sight.review else ()
    return next((one for one in rows if one.definition.key == blocker.kpi), None)


def _settled(blocker: Blocker, sight: Sight, language: Language) -> str | None:
    """Return what this meeting made of a blocker; None while it is open."""
    if blocker.status is BlockerStatus.DROPPED:
        return render(state_name(blocker.status), language)
    if blocker.status is BlockerStatus.PARKED and blocker.parked_until:
        return text(
            "On hold until {day}: {forum}",
            language,
            day=shown.short_day(blocker.parked_until, language),
            forum=blocker.forum or "",
        )
    decision = next(
        (one for one in sight.meeting.decisions if one.blocker_id == blocker.blocker_id), None
    )
    if decision:
        return text(
            "Decided: {decision} ({owner}, {day})",
            language,
            decision=decision.text,
            owner=decision.owner,
            day=shown.short_day(decision.due_on, language),
        )
    return None


def _worked(blocker: Blocker, sight: Sight, language: Language) -> dict[str, Any]:
    subject = f"blocker {blocker.blocker_id}"
    about = sight.kpis.get(blocker.kpi) if blocker.kpi else None
    warned = (
        # it stands under the eyes of those who see the margins; the others read what they write
        text("everybody who is invited reads this, also those who do not see the margins", language)
        if about and shows_margins(about)
        else text("in numbers, without blame", language)
    )
    notes = [
        note_field(sight.meeting, f"{subject} facts", text("What happened", language), warned),
        note_field(sight.meeting, f"{subject} tried", text("What was tried already", language)),
        note_field(sight.meeting, f"{subject} problem", text("The real problem", language)),
    ]
    ready = all(note["text"] for note in notes)
    return {
        "id": blocker.blocker_id,
        "version": blocker.version,
        "title": _title(blocker, sight, language),
        "runs": sight.runs,
        "mine": sight.runs or blocker.raised_by == sight.name,
        "pacts": pacts_of_blocker(blocker, sight, language),
        "help": text("If you still disagree after two minutes, put it on hold.", language),
        "notes": notes,
        "first": text("Ideas come once these three are written.", language),
        "ideas": note_field(sight.meeting, f"{subject} ideas", text("Ideas", language))
        if ready
        else None,
        "settled": _settled(blocker, sight, language),
    }
