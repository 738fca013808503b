"""Keep, change or drop in a meeting: what is decided about, the evidence, and what comes next."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from dashboard import format as shown
from dashboard.components.adoption_words import adopting_it
from dashboard.components.meeting_sight import Sight
from dashboard.navigation import Place, address
from dashboard.report.earlier import verdict_then, word_then
from dashboard.rhythm.meeting.model import Topic
from dashboard.rhythm.quarter.draft import NextQuarter
from dashboard.rhythm.quarter.kpi_words import stood_in
from dashboard.rhythm.quarter.model import Item, Part, Way
from dashboard.rhythm.quarter.target_words import whole
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, render, text, text_plural

_PARTS = {Topic.KPIS: Part.KPIS, Topic.WORK: Part.WORK, Topic.RITUALS: Part.RITUALS}
_TONES = {Way.KEEP: "good", Way.CHANGE: "work", Way.DROP: "alert"}


def verdicts_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return the things of the pass that goes on, and the one that is decided about."""
    review, part = sight.quarter, _part(sight)
    items = [one for one in review.items if one.part is part] if review else []
    opened = _opened(items, sight.subject)
    return {
        "lead": _lead(sight, items, language),
        "notes": [render(one, language) for one in review.notes]
        if review and part is Part.KPIS
        else [],
        "rows": [_row(one, opened, language) for one in items],
        "opened": opened and _talked_about(opened, _next(items, opened), sight, language),
        "words": {
            "reason": text("Why", language),
            "change": text("What changes", language),
            "decide": text("Keep, change or drop", language),
            "ways": [[way.value, render(way_name(way), language)] for way in Way],
        },
    }


def _part(sight: Sight) -> Part | None:
    """Return the pass that the meeting is at; None: it is at something else."""
    current = sight.timing.current
    topic = next((one.topic for one in sight.meeting.sections if one.position == current), None)
    return _PARTS.get(topic) if topic else None


def _lead(sight: Sight, items: list[Item], language: Language) -> str:
    if sight.quarter is None or not items:
        return text("There is nothing to decide about here.", language)
    return text(
        "{quarter}: {decided} of {count} decided. Evidence first, then one word with its reason.",
        language,
        quarter=shown.period_name(sight.quarter.quarter, sight.calendar, language),
        decided=sum(_is_decided(one) for one in items),
        count=sum(_is_decided(one) or one.is_waiting for one in items),
    )


def _is_decided(item: Item) -> bool:
    """Tell whether there is a verdict about something, be it of an earlier review."""
    return item.decided is not None or item.earlier is not None


def verdicts_agreed(sight: Sight, language: Language) -> Iterator[dict[str, Any]]:
    """Yield the verdicts of a meeting, and the next quarter that it adopted."""
    for one in sight.quarter.items if sight.quarter else ():
        if one.decided is None:
            continue
        said = text(
            "{way}: {reason}",
            language,
            way=way_name(one.decided.way),
            reason=one.decided.change or one.decided.reason,
        )
        name = render(one.name, language)
        yield _agreed(f"verdict {one.subject}", said, name)
    if sight.adopted is not None:
        yield _agreed("next quarter", _state(sight.adopted, language), "")


def _agreed(subject: str, said: str, name: str) -> dict[str, Any]:
    return {"id": subject, "changes": False, "title": said, "owner": name, "due": ""}


def _opened(items: list[Item], subject: str) -> Item | None:
    asked = next((one for one in items if one.subject == subject), None)
    return asked or _next(items) or next(iter(items), None)


def _next(items: list[Item], before: Item | None = None) -> Item | None:
    """Return what is decided about next; None: nothing is.

    In a second review of a quarter, where nothing waits any more, it is the next thing further down
    that this meeting has not decided about.
    """
    place = items.index(before) + 1 if before else 0
    after, earlier = items[place:], items[:place]
    waiting = (one for one in (*after, *earlier) if one.is_waiting)
    again = (one for one in after if one.decided is None and not one.is_over)
    return next(chain(waiting, again), None)


def _row(item: Item, opened: Item | None, language: Language) -> dict[str, Any]:
    decided = item.decided
    return {
        "subject": item.subject,
        "name": render(item.name, language),
        "facts": render(item.facts[0].said, language) if item.facts else "",
        "decided": _word(item, language),
        "tone": _TONES[decided.way] if decided else "quiet",
        "shown": item is opened,
    }


def _word(item: Item, language: Language) -> str:
    """Return what was decided about something in a word, be it in an earlier review."""
    if item.decided is not None:
        return render(way_name(item.decided.way), language)
    return word_then(item.earlier, language)


def _talked_about(
    item: Item, coming: Item | None, sight: Sight, language: Language
) -> dict[str, Any]:
    decided = item.decided
    said, compared = [one.said for one in item.facts], stood_in([item])
    return {
        "subject": item.subject,
        "next": (coming or item).subject,
        "name": render(item.name, language),
        "owner": item.owner or "",
        "version": decided.version if decided else 0,
        "runs": sight.runs,
        "facts": [render(one, language) for one in (*said, *([compared] if compared else []))],
        "trend": _trend(item, language),
        "earlier": verdict_then(item.earlier, language),
        "decided": decided
        and {
            "way": decided.way.value,
            "said": text(
                "{way}: {reason}",
                language,
                way=render(way_name(decided.way), language),
                reason=decided.reason,
            ),
            "change": decided.change or "",
            "by": text("Decided by {name}", language, name=decided.decided_by)
            if decided.decided_by
            else "",
        },
        "reason": decided.reason if decided else "",
        "change": (decided.change or "") if decided else "",
    }


def _trend(item: Item, language: Language) -> dict[str, Any] | None:
    """Return the weeks as the small chart of the scorecard draws them; None: there are none."""
    kpi = item.kpi
    known = [one.value for one in item.weeks if one.value is not None]
    if kpi is None or not known:
        return None

    def value(number: float) -> str:
        return shown.value(number, kpi.unit, language, currency=kpi.currency, compact=True)

    return {
        "values": [one.value for one in item.weeks],
        "aims": [one.aim.value if one.aim else None for one in item.weeks],
        "ceilings": [one.aim.max_value if one.aim else None for one in item.weeks],
        "band": [item.band.lower, item.band.upper] if item.band else None,
        "signals": [
            None if one.favourable is None else "favourable" if one.favourable else "adverse"
            for one in item.weeks
        ],
        "description": text_plural(
            "{count} week, from {first} to {last}; lowest {lowest}, highest {highest}.",
            "{count} weeks, from {first} to {last}; lowest {lowest}, highest {highest}.",
            len(item.weeks),
            language,
            first=value(known[0]),
            last=value(known[-1]),
            lowest=value(min(known)),
            highest=value(max(known)),
        ),
    }


def following_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return the next quarter as it follows from what was decided."""
    found = sight.following
    if found is None:
        return {
            "lead": "",
            "lists": [],
            "problems": [],
            "version": 0,
            "adopts": False,
            "edit": None,
            "words": {},
        }
    return {
        "lead": _state(found, language),
        "lists": _lists(found, sight, language),
        "problems": [render(one, language) for one in found.problems],
        "version": found.version,
        "adopts": sight.runs and not found.adopted and not found.problems,
        "edit": None
        if found.adopted
        else {
            "name": text("Edit the next quarter", language)
            if sight.runs
            else text("See the next quarter", language),
            "href": address(Place.NEXT_QUARTER, language, meeting=str(sight.meeting.meeting_id)),
        },
        "words": {
            "adopt": text("Adopt the next quarter", language),
            "sure": _asked(found, sight, language),
            "adoptNow": text("Adopt it now", language),
        },
    }


def _asked(found: NextQuarter, sight: Sight, language: Language) -> list[tuple[str, str]]:
    """Return what adopting does, line by line, each with the kind of text that it is."""
    does = adopting_it(found.draft, sight.kpis, sight.currency, language)
    return [*(("", one) for one in does.said), *(("facts", one) for one in does.targets)]


def _state(found: NextQuarter, language: Language) -> str:
    draft = found.draft
    dates = {
        "start": shown.short_day(draft.starts_on, language),
        "end": shown.day(draft.ends_on, language),
    }
    if found.adopted:
        return text("Adopted: the plan from {start} to {end}.", language, **dates)
    if found.version:
        return text("Draft, edited: the plan from {start} to {end}.", language, **dates)
    return text("Draft from the verdicts: the plan from {start} to {end}.", language, **dates)


def _lists(found: NextQuarter, sight: Sight, language: Language) -> list[dict[str, Any]]:
    draft = found.draft
    targets = {one.key: one for one in draft.targets}
    carried = [one for one in draft.actions if one.way is not Way.DROP]
    dropped = [one for one in draft.actions if one.way is Way.DROP]

    def kpi(key: str | None, instead_of: str | None) -> str:
        if key is None:
            return text("? in place of {kpi}", language, kpi=_name(sight, instead_of, language))
        definition, target = sight.kpis.get(key), targets.get(key)
        name = _name(sight, key, language)
        if definition is None or target is None:
            return name
        said = render(whole(target, definition.unit, sight.currency), language)
        return text("{kpi}: {value}", language, kpi=name, value=said)

    return [
        {
            "name": text("KPIs and targets", language),
            "lines": [kpi(one.key, one.instead_of) for one in draft.kpis],
        },
        {
            "name": text("Priorities", language),
            "lines": [one.title for one in draft.priorities],
        },
        {
            "name": text("Open actions that go on", language),
            "lines": [_action(one.title, one.owner, language) for one in carried],
        },
        *(
            [
                {
                    "name": text("Given up", language),
                    "lines": [_action(one.title, one.owner, language) for one in dropped],
                }
            ]
            if dropped
            else []
        ),
        *(
            [
                {
                    "name": text("Worth a thought", language),
                    "lines": [render(one, language) for one in found.notes],
                }
            ]
            if found.notes
            else []
        ),
    ]


def _action(title: str, owner: str, language: Language) -> str:
    return text("{title} ({owner})", language, title=title, owner=owner)


def _name(sight: Sight, key: str | None, language: Language) -> str:
    found = sight.kpis.get(key or "")
    return render(found.name, language) if found else key or ""
