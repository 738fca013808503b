"""What each section of a meeting shows: what it needs, and nothing else."""

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Any

from dashboard import format as shown
from dashboard.components.meeting_sight import Sight
from dashboard.rhythm import words
from dashboard.rhythm.meeting import escalation
from dashboard.rhythm.meeting.commitments import Commitment
from dashboard.rhythm.meeting.hygiene import Hygiene, elsewhere
from dashboard.rhythm.meeting.minutes import Standing
from dashboard.rhythm.meeting.model import Blocker, BlockerStatus, Item, Meeting, Topic
from dashboard.rhythm.meeting.words import state_name
from dashboard.rhythm.review import Row
from dashboard.text import Language, render, text, text_plural
from dashboard.theme import tone
from pipelines.kpis.definition import Definition, Unit

#: DESIGN: nine of ten commitments are kept on time.
_GOAL = 0.9


def topic_data(sight: Sight, topic: Topic, language: Language) -> dict[str, Any]:
    """Return what the section of a topic shows."""
    match topic:
        case Topic.WINS:
            return {"wins": _wins(sight)}
        case Topic.SCOREBOARD:
            return _scoreboard(sight, language)
        case Topic.COMMITMENTS:
            return _commitments(sight, language)
        case Topic.BLOCKERS:
            return _blockers(sight, language)
        case Topic.CLOSE:
            return _close(sight, language)
        case Topic.OTHER:
            return {}


def agenda_item(
    item: Item, meeting: Meeting, kpis: Mapping[str, Definition], language: Language
) -> dict[str, Any]:
    """Return a point on the agenda."""
    reason = render(escalation.in_words(item.reason), language) if item.reason else item.raised_by
    kpi = kpis.get(item.kpi) if item.kpi else None
    concerned = ", ".join(name for name in item.concerns if name != item.raised_by)
    few = elsewhere([item], [one.name for one in meeting.attendees])
    return {
        "id": item.item_id,
        "version": item.version,
        "title": item.title,
        "closed": item.closed,
        "blocker": any(one.item_id == item.item_id for one in meeting.blockers),
        "facts": " · ".join(
            part for part in (reason, kpi and render(kpi.name, language), concerned) if part
        ),
        "elsewhere": text(
            "It concerns few of those invited: could it be settled elsewhere?", language
        )
        if few
        else None,
    }


def note_field(meeting: Meeting, subject: str, label: str, hint: str = "") -> dict[str, Any]:
    """Return a text that several people may write in."""
    note = next((one for one in meeting.notes if one.subject == subject), None)
    return {
        "subject": subject,
        "label": label,
        "hint": hint,
        "text": note.text if note else "",
        "version": note.version if note else 0,
    }


def _wins(sight: Sight) -> list[dict[str, Any]]:
    return [
        {
            "id": win.win_id,
            "text": win.text,
            "person": win.person,
            "practice": win.practice_id is not None,
        }
        for win in sight.meeting.wins
    ]


def _scoreboard(sight: Sight, language: Language) -> dict[str, Any]:
    rows = sight.review.rows if sight.review else ()
    exceptions = [row for row in rows if row.latest and row.latest.verdict in words.EXCEPTIONS]
    placed = {one.kpi for one in sight.meeting.blockers if one.kpi}
    quiet = len(rows) - len(exceptions)
    return {
        "lead": text("No discussion now: what needs one becomes a blocker.", language)
        if exceptions
        else text("No exception this week.", language),
        "rows": [_row(row, language, placed=row.definition.key in placed) for row in exceptions],
        "quiet": text_plural(
            "{count} other KPI asks for nothing",
            "{count} other KPIs ask for nothing",
            quiet,
            language,
        )
        if quiet
        else "",
    }


def _row(row: Row, language: Language, *, placed: bool) -> dict[str, Any]:
    latest, unit = row.latest, row.definition.unit
    value = latest.point.value if latest else None
    aim = latest.aim if latest else None
    target = shown.aim(aim, unit, language, currency=row.currency, compact=True)
    return {
        "key": row.definition.key,
        "name": render(row.definition.name, language),
        "verdict": render(words.verdict_label(row), language),
        "tone": tone(latest.verdict) if latest else "quiet",
        "sentence": render(words.verdict_sentence(row), language),
        "value": shown.value(value, unit, language, currency=row.currency, compact=True),
        "target": text("target {target}", language, target=target) if aim else "",
        "blocker": placed,
    }


def _commitments(sight: Sight, language: Language) -> dict[str, Any]:
    done = sum(one.standing is Standing.DONE for one in sight.commitments)
    promised = done + sum(one.standing is Standing.LATE for one in sight.commitments)
    kept = done / promised if promised else None
    placed = {one.action_id for one in sight.meeting.blockers if one.action_id}
    return {
        "lead": ""
        if kept is None
        else text(
            "{done} of {promised} kept ({share}); the goal is {goal}.",
            language,
            done=done,
            promised=promised,
            share=shown.value(kept, Unit.PERCENT, language),
            goal=shown.value(_GOAL, Unit.PERCENT, language),
        ),
        "rows": [_commitment(sight, one, placed, language) for one in sight.commitments],
    }


def _commitment(
    sight: Sight, one: Commitment, placed: Collection[int], language: Language
) -> dict[str, Any]:
    action = one.action
    late = text_plural(
        "{count} day late", "{count} days late", (sight.today - action.due_on).days, language
    )
    return {
        "id": action.action_id,
        "version": action.version,
        "title": action.title,
        "facts": f"{action.owner} · {shown.short_day(action.due_on, language)}",
        "done": one.standing is Standing.DONE,
        "late": late if one.standing is Standing.LATE else None,
        "mine": sight.runs or action.owner == sight.name,
        "blocker": action.action_id in placed,
    }


def _blockers(sight: Sight, language: Language) -> dict[str, Any]:
    meeting = sight.meeting
    ranked = sorted(
        meeting.blockers,
        key=lambda one: (
            _settled_here(one, meeting),
            one.rank or len(meeting.blockers) + 1,
            -one.votes,
            one.blocker_id,
        ),
    )
    shown_one = next((one for one in ranked if one.blocker_id == sight.looked_at), None) or next(
        (one for one in ranked if one.rank and one.status is BlockerStatus.OPEN), None
    )
    return {
        "lead": text("The top three: facts first, then ideas, then one decision.", language),
        "blockers": [_blocker(one, sight, shown_one, language) for one in ranked],
        "worked": shown_one and _worked(shown_one, sight, language),
    }


def _settled_here(blocker: Blocker, meeting: Meeting) -> bool:
    return meeting.meeting_id in {blocker.worked_in, blocker.parked_in}


def _blocker(
    blocker: Blocker, sight: Sight, shown_one: Blocker | None, language: Language
) -> dict[str, Any]:
    kpi = sight.kpis.get(blocker.kpi) if blocker.kpi else None
    facts = (blocker.raised_by, kpi and render(kpi.name, language))
    return {
        "id": blocker.blocker_id,
        "title": blocker.title,
        "facts": " · ".join(part for part in facts if part),
        "rank": blocker.rank,
        "votes": text_plural("{count} vote", "{count} votes", blocker.votes, language),
        "voted": blocker.blocker_id in sight.meeting.own_votes,
        "shown": blocker == shown_one,
        "settled": _settled(blocker, sight, language),
    }


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
    notes = [
        note_field(
            sight.meeting,
            f"{subject} facts",
            text("What happened", language),
            text("in numbers, without blame", language),
        ),
        note_field(sight.meeting, f"{subject} tried", text("What was tried already", language)),
        note_field(sight.meeting, f"{subject} problem", text("The real problem", language)),
    ]
    ready = all(note["text"] for note in notes)
    return {
        "id": blocker.blocker_id,
        "title": blocker.title,
        "runs": sight.runs,
        "help": text("If you still disagree after two minutes, put it on hold.", language),
        "notes": notes,
        "first": text("Ideas come once these three are written.", language),
        "ideas": note_field(sight.meeting, f"{subject} ideas", text("Ideas", language))
        if ready
        else None,
        "settled": _settled(blocker, sight, language),
    }


def _close(sight: Sight, language: Language) -> dict[str, Any]:
    meeting = sight.meeting
    rated = len(meeting.ratings.given_by)
    return {
        "lead": text("Read aloud: who does what, by when.", language),
        "readBack": [
            {
                "name": owner,
                "lines": [
                    {
                        "title": task.action.title,
                        "due": shown.short_day(task.action.due_on, language),
                        "kind": text("decision", language) if task.decision_id else "",
                    }
                    for task in tasks
                ],
            }
            for owner, tasks in groupby(sight.read_back, key=lambda task: task.action.owner)
        ],
        "rating": {
            "own": meeting.ratings.own,
            "said": text(
                "{rated} of {present} have answered; nobody sees the answers before all are in.",
                language,
                rated=rated,
                present=sum(one.present is not False for one in meeting.attendees),
            ),
        },
        "closing": _nothing_came_of_it(meeting, language),
    }


def _nothing_came_of_it(meeting: Meeting, language: Language) -> str:
    worked = sum(one.worked_in == meeting.meeting_id for one in meeting.blockers)
    brought = Hygiene(worked, len(meeting.decisions), len(meeting.actions))
    if not brought.numbers_meeting:
        return ""
    return text(
        "So far this is a numbers meeting: no blocker worked, nothing decided, nothing to do.",
        language,
    )
