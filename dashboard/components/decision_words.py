"""What the life of a decision says, step by step, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboard import format as shown
from dashboard.components import decision_effect as effects
from dashboard.components.decision_effect import Tone
from dashboard.navigation import Place, address
from dashboard.rhythm import words
from dashboard.rhythm.action import EventKind
from dashboard.rhythm.meeting.escalation import in_words
from dashboard.rhythm.meeting.life import (
    At,
    Decided,
    DecisionLife,
    Done,
    Effect,
    Raised,
    Standing,
)
from dashboard.rhythm.meeting.words import is_name_of
from dashboard.rhythm.series import kind_name
from dashboard.text import Language, render, text, text_plural
from pipelines.errors import Message
from pipelines.kpis.definition import Definition

#: What happens to an action on its way and is told in steps of their own.
_TOLD = frozenset(
    {
        EventKind.MOVED,
        EventKind.ASSIGNED,
        EventKind.REOPENED,
        EventKind.DROPPED,
        EventKind.TAKEN_UP,
        EventKind.CARRIED,
    }
)
_TONES: dict[Standing, Tone] = {
    Standing.LATE: "alert",
    Standing.DONE: "good",
    Standing.DONE_LATE: "work",
}


@dataclass(frozen=True)
class Step:
    """One step of a decision's life.

    Attributes:
        on: The day; None: it has not come, or has none.
        said: What happened; ``more`` is said about it in small print.
        facts: What is said under several names.
        at: The meeting it happened in.
        small: It happened on the way, and is told smaller.
        href: Where the name of the meeting leads; "": to its minutes.
    """

    on: date | None
    name: str
    said: str
    tone: Tone = "plain"
    more: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    at: At | None = None
    small: bool = False
    href: str = ""


def standing_word(standing: Standing, language: Language) -> str:
    """Return where a decision stands, in a word or two."""
    match standing:
        case Standing.OPEN:
            return text("open", language)
        case Standing.LATE:
            return text("late", language)
        case Standing.DONE:
            return text("done", language)
        case Standing.DONE_LATE:
            return text("done late", language)
        case Standing.DROPPED:
            return text("given up", language)
        case Standing.CARRIED:
            return text("goes on in the next plan", language)


def lead(life: DecisionLife, language: Language) -> tuple[str, Tone]:
    """Return the whole life in one sentence."""
    parts = [
        _pace(life, language),
        came(life.done, language) if life.done else "",
        effects.in_short(life.effect, language) if life.effect else "",
    ]
    return " ".join(part for part in parts if part), loudness(life.done)


def loudness(done: Done | None) -> Tone:
    """Return how loudly the whole life is said: what is well is not."""
    tone = _TONES.get(done.standing, "plain") if done else "plain"
    return "plain" if tone == "good" else tone


def steps(
    life: DecisionLife, kpis: Mapping[str, Definition], timezone: str, language: Language
) -> tuple[Step, ...]:
    """Return everything that happened, in its order, and what came of it at the end.

    Args:
        kpis: Those that the reader may see.
        timezone: The company's.
    """
    found = [
        *(_raised(life.raised, language) if life.raised else ()),
        _decided(life, language),
        *(on_the_way(life.done, kpis, timezone, language) if life.done else ()),
        *((done_step(life.done, life.due_on, language),) if life.done else ()),
        *((effect_step(life.effect, life.done, language),) if life.effect else ()),
    ]
    return tuple(found)


def meeting_name(at: At, language: Language) -> str:
    """Return what a meeting is called in a link to it: Weekly sales meeting, November 10."""
    return text(
        "{meeting}, {day}",
        language,
        meeting=render(kind_name(at.kind), language),
        day=shown.dated(at.held_on, language),
    )


def _pace(life: DecisionLife, language: Language) -> str:
    days = life.days_to_decide
    if days is None:
        return text("Decided without a blocker.", language)
    if days <= 0:
        return text("Raised and decided on the same day.", language)
    return text_plural(
        "Decided {count} day after it was raised.",
        "Decided {count} days after it was raised.",
        days,
        language,
    )


def came(done: Done, language: Language) -> str:
    """Return what became of the action, in a sentence."""
    match done.standing:
        case Standing.DONE:
            return text("Done on time.", language)
        case Standing.DONE_LATE:
            return text_plural(
                "Done {count} day late.", "Done {count} days late.", done.days_late, language
            )
        case Standing.LATE:
            return text_plural(
                "Not done, {count} day late.",
                "Not done, {count} days late.",
                done.days_late,
                language,
            )
        case Standing.DROPPED:
            return text("Given up.", language)
        case Standing.CARRIED:
            return text("Goes on in the next plan.", language)
        case Standing.OPEN:
            return text("Not done yet.", language)


def _raised(raised: Raised, language: Language) -> Iterable[Step]:
    title = (
        render(raised.kpi, language)
        if raised.kpi and is_name_of(raised.title, raised.kpi)
        else raised.title
    )
    reason = render(in_words(raised.reason), language) if raised.reason else ""
    by = text("raised by {name}", language, name=raised.raised_by) if raised.raised_by else ""
    yield Step(
        raised.raised_on,
        text("Raised", language),
        title,
        more=" · ".join(part for part in (by, reason) if part),
        at=raised.at,
    )
    if raised.parked_at is not None:
        yield Step(
            raised.parked_at.held_on,
            text("On hold", language),
            text("To be decided later.", language),
            at=raised.parked_at,
            small=True,
        )
    worked = (
        (text("Facts", language), raised.facts),
        (text("Tried already", language), raised.tried),
        (text("The real problem", language), raised.problem),
        (text("Ideas", language), raised.ideas),
    )
    facts = tuple((name, said) for name, said in worked if said.strip())
    if facts:
        yield Step(None, text("Worked, facts first", language), "", facts=facts)


def _decided(life: DecisionLife, language: Language) -> Step:
    day = shown.dated(life.due_on, language)
    return Step(
        life.decided_on,
        text("Decision", language),
        text("{name}, by {day}", language, name=life.owner, day=day),
        more=text("written down by {name}", language, name=life.author) if life.author else "",
        at=life.at,
    )


def on_the_way(
    done: Done, kpis: Mapping[str, Definition], timezone: str, language: Language
) -> Iterable[Step]:
    """Return what happened to the action and was said about it; see ``steps``."""
    told: list[tuple[date, int, Step]] = []
    for event in done.events or ():
        if event.kind in _TOLD:
            said = render(words.event_sentence(event, kpis), language)
            step = Step(
                event.happened_on,
                text("On the way", language),
                said,
                more=event.author or "",
                small=True,
            )
            told.append((event.happened_on, 0, step))
    for comment in done.comments:
        day = day_of(comment.written_at, timezone)
        step = Step(
            day,
            text("Said about it", language),
            comment.text,
            more=comment.author or "",
            small=True,
        )
        told.append((day, 1, step))
    return [step for _, _, step in sorted(told, key=lambda one: one[:2])]


def done_step(done: Done, due_on: date, language: Language) -> Step:
    """Return whether the action was carried out.

    Args:
        due_on: The day that was decided.
    """
    action = done.action
    day = shown.dated(action.due_on, language)
    due = text("due {day}", language, day=day)
    if action.due_on != due_on:
        due = text(
            "due {day}, at first {before}",
            language,
            day=day,
            before=shown.dated(due_on, language),
        )
    name = text("Carried out", language) if action.done_on else text("To be carried out", language)
    return Step(
        action.done_on or action.dropped_on,
        name,
        came(done, language),
        _TONES.get(done.standing, "plain"),
        more=f"{action.owner} · {due}",
    )


def day_of(moment: datetime, timezone: str) -> date:
    """Return the day of a moment in UTC where the company is."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()


def effect_step(effect: Effect, done: Done | None, language: Language) -> Step:
    """Return what came of it.

    Args:
        done: None: it is no action.
    """
    action = done.action if done else None
    return Step(
        None,
        text("Effect", language),
        lines(effect.said, language),
        effects.tone(effect),
        facts=tuple(effects.facts(effect, action, language)),
    )


def other_step(other: Decided, name: str, language: Language) -> Step:
    """Return another decision that belongs to it, with the way to its life."""
    way = render(other.way, language) if other.way else ""
    return Step(
        other.at.held_on,
        name,
        text("{name}: {value}", language, name=way, value=other.text) if way else other.text,
        more=text("decided by {name}", language, name=other.decided_by) if other.decided_by else "",
        at=other.at,
        href=address(Place.DECISION, language, decision=other.subject),
    )


def lines(said: Iterable[Message], language: Language) -> str:
    """Return sentences, each on a line of its own."""
    return "\n".join(render(one, language) for one in said)
