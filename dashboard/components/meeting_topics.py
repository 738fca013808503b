"""What each section of a meeting shows: what it needs, and nothing else."""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby
from typing import Any

from dashboard import format as shown
from dashboard.components.meeting_blockers import blockers_data
from dashboard.components.meeting_closing import closing_data
from dashboard.components.meeting_gaps import gaps_data
from dashboard.components.meeting_landing import landing_data
from dashboard.components.meeting_sight import Sight
from dashboard.components.meeting_verdicts import following_data, verdicts_data
from dashboard.report.minutes_parts import kept_since
from dashboard.rhythm import words
from dashboard.rhythm.action import Action
from dashboard.rhythm.meeting import escalation
from dashboard.rhythm.meeting.commitments import Commitment
from dashboard.rhythm.meeting.hygiene import elsewhere
from dashboard.rhythm.meeting.minutes import LEAST_RATINGS, Standing
from dashboard.rhythm.meeting.model import Blocker, Item, Meeting, Topic
from dashboard.rhythm.meeting.words import is_name_of
from dashboard.rhythm.review import Row
from dashboard.text import Language, render, text, text_plural
from dashboard.theme import tone
from pipelines.kpis.definition import Definition


def topic_data(sight: Sight, topic: Topic, language: Language) -> dict[str, Any]:
    """Return what the section of a topic shows."""
    return _TOPICS[topic](sight, language)


def agenda_item(
    item: Item, meeting: Meeting, kpis: Mapping[str, Definition], language: Language
) -> dict[str, Any]:
    """Return a point on the agenda."""
    reason = render(escalation.in_words(item.reason), language) if item.reason else item.raised_by
    kpi = kpis.get(item.kpi) if item.kpi else None
    name = render(kpi.name, language) if kpi else ""
    itself = is_name_of(item.title, kpi.name if kpi else None)
    concerned = ", ".join(name for name in item.concerns if name != item.raised_by)
    few = elsewhere([item], [one.name for one in meeting.attendees])
    return {
        "id": item.item_id,
        "version": item.version,
        "title": name if itself else item.title,
        "closed": item.closed,
        "blocker": any(_became(item, one) for one in meeting.blockers),
        "facts": " · ".join(part for part in (reason, "" if itself else name, concerned) if part),
        "elsewhere": text(
            "It concerns few of those invited: could it be settled elsewhere?", language
        )
        if few
        else None,
    }


def _became(item: Item, blocker: Blocker) -> bool:
    """Tell whether a blocker is what a point is about."""
    if item.action_id is not None:
        return blocker.action_id == item.action_id
    same_kpi = item.kpi is not None and blocker.kpi == item.kpi and blocker.action_id is None
    return blocker.item_id == item.item_id or same_kpi


def _wins(sight: Sight, _language: Language) -> dict[str, Any]:
    told = [
        {
            "id": win.win_id,
            "version": win.version,
            "mine": sight.runs or win.author == sight.name,
            "text": win.text,
            "person": win.person,
            "practice": win.practice_id is not None,
        }
        for win in sight.meeting.wins
    ]
    return {"wins": told}


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
    placed = {one.action_id for one in sight.meeting.blockers if one.action_id}
    return {
        "lead": kept_since(sight.kept, language) if sight.kept and sight.kept.due else "",
        "rows": [_commitment(sight, one, placed, language) for one in sight.commitments],
    }


def _commitment(
    sight: Sight, one: Commitment, placed: Collection[int], language: Language
) -> dict[str, Any]:
    action = one.action
    return {
        "id": action.action_id,
        "version": action.version,
        "title": action.title,
        "facts": f"{action.owner} · {shown.short_day(action.due_on, language)}",
        "done": one.standing is Standing.DONE,
        "late": _late(action, sight, language) if one.standing is Standing.LATE else "",
        "mine": sight.runs or action.owner == sight.name,
        "blocker": action.action_id in placed,
    }


def _late(action: Action, sight: Sight, language: Language) -> str:
    """Return by how much an open action is late; nothing of one that is not."""
    days = (sight.today - action.due_on).days
    if not action.is_open or days <= 0:
        return ""
    return text_plural("{count} day late", "{count} days late", days, language)


def _close(sight: Sight, language: Language) -> dict[str, Any]:
    meeting = sight.meeting
    absent = {one.name for one in meeting.attendees if one.present is False}
    return {
        "lead": text("Read aloud: who does what, by when.", language),
        "readBack": [
            {
                "name": text("{name} (absent)", language, name=owner) if owner in absent else owner,
                "lines": [
                    {
                        "title": task.action.title,
                        "due": shown.short_day(task.action.due_on, language),
                        "kind": text("decision", language) if task.decision_id else "",
                        "late": _late(task.action, sight, language),
                    }
                    for task in tasks
                ],
            }
            for owner, tasks in groupby(sight.read_back, key=lambda task: task.action.owner)
        ],
        "rating": {
            "own": meeting.ratings.own,
            "said": " ".join(_answers(sight, language)),
        },
        **closing_data(sight, language),
    }


def _answers(sight: Sight, language: Language) -> Iterator[str]:
    """Yield how many have rated the meeting of those who can, and what comes of it."""
    given = set(sight.meeting.ratings.given_by)
    there = {one.name for one in sight.meeting.attendees if one.present is not False}
    able = there & (given | set(sight.accounts))
    if able <= given and given:
        yield text("All have answered.", language)
        yield (
            text("The minutes give the mean.", language)
            if len(given) >= LEAST_RATINGS
            else text("With fewer than three answers no mean is shown.", language)
        )
    else:
        yield text_plural(
            "{count} of {present} has answered; nobody sees the answers before all are in.",
            "{count} of {present} have answered; nobody sees the answers before all are in.",
            len(able & given),
            language,
            present=len(able),
        )
    if sight.runs and (without := len(there - able)):
        yield text_plural(
            "{count} has no account and cannot answer.",
            "{count} have no account and cannot answer.",
            without,
            language,
        )


_TOPICS: Mapping[Topic, Callable[[Sight, Language], dict[str, Any]]] = {
    Topic.WINS: _wins,
    Topic.SCOREBOARD: _scoreboard,
    Topic.COMMITMENTS: _commitments,
    Topic.BLOCKERS: blockers_data,
    Topic.LANDING: landing_data,
    Topic.GAPS: gaps_data,
    Topic.KPIS: verdicts_data,
    Topic.WORK: verdicts_data,
    Topic.RITUALS: verdicts_data,
    Topic.NEXT: following_data,
    Topic.CLOSE: _close,
    Topic.OTHER: lambda _sight, _language: {},
}
