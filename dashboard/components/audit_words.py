"""What an entry of the audit trail says, in sentences: on the page, in dialogs and in the CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard import format as shown
from dashboard.access.entry import Entry
from dashboard.access.rights import Role
from dashboard.access.words import named_state
from dashboard.components import plan_words, settings_words
from dashboard.components.audit_names import CHANGES, FIELDS, FIELDS_OF
from dashboard.components.menu import LANGUAGE_NAMES, role_name
from dashboard.components.words import (
    aggregate_name,
    better_name,
    cell_word,
    entity_name,
    grain_name,
    kind_name,
    unit_name,
)
from dashboard.rhythm.gap_review.decision import Response, response_name
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.improve.words import origin_word, outcome_word
from dashboard.rhythm.meeting.letters import Post
from dashboard.rhythm.meeting.model import BlockerStatus, Purpose, Status
from dashboard.rhythm.meeting.model import Kind as Rhythm
from dashboard.rhythm.meeting.words import purpose_name, state_name
from dashboard.rhythm.pact.model import Trigger
from dashboard.rhythm.pact.words import trigger_name
from dashboard.rhythm.plan.model import PlanStatus
from dashboard.rhythm.quarter.model import Ritual, Way
from dashboard.rhythm.quarter.ritual_words import name as ritual_name
from dashboard.rhythm.quarter.words import way_name
from dashboard.rhythm.series import kind_name as rhythm_name
from dashboard.text import Language, render, text
from pipelines.errors import Message
from pipelines.journal import State
from pipelines.kpis.definition import Aggregate, Better, Definition, Kind, Unit
from pipelines.kpis.target import GROUPS
from pipelines.periods import Grain, last_day

#: Fields that are about the bookkeeping, not about the thing.
_HIDDEN = frozenset({"version", "target_id", "action_id", "set_at", "logo_picture"})
#: Where a thing says what it is; the first that is there.
_NAMING = ("title", "name", "file", "decision")
#: What an entry about restoring says beside the name of the thing.
_OF_RESTORING = frozenset({"entry", "reason"})
#: Longer texts are cut in lists; dialogs and files have them whole.
_SHORT = 160


@dataclass(frozen=True)
class Around:
    """What the words of an entry depend on.

    Attributes:
        people: The names of the people by their number, for accounts that are linked to one.
    """

    language: Language
    timezone: str
    currency: str
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


def when(entry: Entry, around: Around) -> str:
    """Return when it was done, as the company's clocks show it."""
    return shown.moment(entry.at, around.timezone, around.language)


def who(entry: Entry, around: Around) -> str:
    """Return who did it."""
    return entry.actor or text("Cap 90, by itself", around.language)


def kind_of_change(what: str, language: Language) -> str:
    """Return what a kind of change is called; of one that nobody described, its own name."""
    found = CHANGES.get(what)
    return render(found, language) if found else what.replace("_", " ").replace(".", ": ")


def thing(entry: Entry, around: Around) -> str:
    """Return which thing it was done to: its name where the entry says one."""
    state = {**(entry.before or {}), **(entry.after or {})}
    kind = entry.kind
    if kind in {"target", "entry", "kpi", "limits", "audit"} and "key" in state:
        name = _kpi(state["key"], around)
        whose = next((state[column] for column in GROUPS if state.get(column)), None)
        return f"{name}, {whose}" if whose else name
    if kind == "gap" and "key" in state:
        return _kpi(state["key"], around)
    if kind == "limits":
        return _kpi(entry.subject.split(" ")[1] if " " in entry.subject else "", around)
    named = next((one for one in map(state.get, _NAMING) if one and isinstance(one, str)), "")
    return "" if kind in {"settings", "choice"} else named


def sentence(entry: Entry, around: Around) -> str:
    """Return what was done to what, such as “Action renamed: Call Érable”."""
    what, which = kind_of_change(entry.what, around.language), thing(entry, around)
    colon = ": " if around.language == "en" else "\N{NO-BREAK SPACE}: "
    return f"{what}{colon}{which}" if which else what


def differences(entry: Entry, around: Around) -> list[tuple[str, str, str]]:
    """Return what changed: the name of each field, what stood there, and what stands there."""
    return compared(entry, entry.before or {}, entry.after or {}, around)


def compared(
    entry: Entry, before: State, after: State, around: Around
) -> list[tuple[str, str, str]]:
    """Return in which fields two states of an entry's thing differ, written for people."""
    return [
        (
            label(entry, name, around),
            stands(entry, name, before.get(name), around),
            stands(entry, name, after.get(name), around),
        )
        for name in dict.fromkeys([*before, *after])
        if name not in _HIDDEN
        and before.get(name) != after.get(name)
        and (entry.kind != "audit" or name in _OF_RESTORING)
    ]


def label(entry: Entry, name: str, around: Around) -> str:
    """Return what a field of an entry is called."""
    if entry.kind == "settings":
        return render(settings_words.named(name), around.language)
    own = FIELDS_OF.get((entry.what, name))
    return render(own, around.language) if own else field_name(name, around.language)


def stands(entry: Entry, name: str, value: Any, around: Around) -> str:
    """Return what stands in a field of an entry."""
    if entry.kind == "settings":
        return render(settings_words.shown(name, value), around.language)
    unit = _unit(dict(entry.before or {}), dict(entry.after or {}), around)
    return written(name, value, around, unit)


def change_sentence(entry: Entry, around: Around, *, short: bool = True) -> str:
    """Return what changed on one line, field by field: what stood there → what stands there."""
    colon = ": " if around.language == "en" else "\N{NO-BREAK SPACE}: "
    return " · ".join(
        f"{name}{colon}{_cut(after, short=short)}"
        if entry.before is None
        else f"{name}{colon}{_cut(before, short=short)} → {_cut(after, short=short)}"
        for name, before, after in differences(entry, around)
    )


def field_name(name: str, language: Language) -> str:
    """Return what a field is called."""
    found = FIELDS.get(name)
    return render(found, language) if found else name.replace("_", " ").replace(".", " › ")


def written(  # noqa: C901, PLR0911 - one return a kind of value
    name: str, value: Any, around: Around, unit: Unit | None = None
) -> str:
    """Return what stands in a field, as the reader's language writes it.

    Args:
        unit: Of the KPI that a number belongs to; None: it is a plain number.
    """
    language = around.language
    if value is None or value in ("", [], {}):
        return shown.NOTHING
    if isinstance(value, bool):
        return text("yes", language) if value else text("no", language)
    if name in _WORDS:
        return _word(name, value, language)
    if name in {"kpi", "key"}:
        return _kpi(value, around)
    if name == "about":
        return _about(str(value), around)
    if name == "kpis":
        return ", ".join(_chosen(one, around) for one in value)
    if name == "person_id":
        return around.people.get(value, str(value))
    if isinstance(value, int | float):
        if unit is not None and name in _IN_ITS_UNIT:
            return shown.value(value, unit, language, currency=around.currency)
        return shown.plain_number(value, language)
    if isinstance(value, Mapping):
        its = _unit({}, value, around)
        inner = (
            f"{field_name(key, language)} {written(key, one, around, its)}"
            for key, one in value.items()
        )
        return ", ".join(inner)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(written(name, one, around) for one in value)
    return _day(str(value), language, exclusive=name in _EXCLUSIVE)


def _about(subject: str, around: Around) -> str:
    """Return what a verdict is about, by the subject that the review gives it."""
    kind, _, name = subject.partition(" ")
    if kind == "kpi":
        return _kpi(name, around)
    if kind == "ritual" and name in set(Ritual):
        return render(ritual_name(Ritual(name)), around.language)
    named = {
        "action": text("Action {number}", around.language, number=name),
        "experiment": text("Experiment {number}", around.language, number=name),
    }
    return named.get(kind, subject)


def _chosen(one: Any, around: Around) -> str:
    """Return a chosen KPI with who answers for it, whatever way the journal writes the pair."""
    if isinstance(one, Mapping):
        key, responsible = one.get("key"), one.get("responsible")
    elif isinstance(one, Sequence) and not isinstance(one, str):
        key, responsible = [*one, None, None][:2]
    else:
        key, responsible = one, None
    name = _kpi(key, around)
    return f"{name} ({responsible})" if responsible else name


def _kpi(key: Any, around: Around) -> str:
    found = around.definitions.get(str(key))
    return render(found.name, around.language) if found else str(key)


def _unit(old: Mapping[str, Any], new: Mapping[str, Any], around: Around) -> Unit | None:
    state = {**old, **new}
    found = around.definitions.get(str(state.get("key", state.get("kpi"))))
    return found.unit if found else None


def _word(name: str, value: Any, language: Language) -> str:
    try:
        return str(_WORDS[name](value, language))
    except (KeyError, ValueError):  # a word of another version
        return str(value)


def _kind_word(value: str, language: Language) -> str:
    if value in set(Rhythm):
        return render(rhythm_name(Rhythm(value)), language)
    if value == Post.MINUTES:
        return text("Minutes of the meeting", language)
    if value == Post.PREREAD:
        return text("To read before the meeting", language)
    return kind_name(Kind(value), language)


def _state_word(value: str) -> Message:
    return state_name(Status(value) if value in set(Status) else BlockerStatus(value))


def _day(value: str, language: Language, *, exclusive: bool) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return shown.dated(last_day(day) if exclusive else day, language)


def _cut(words: str, *, short: bool) -> str:
    return f"{words[: _SHORT - 1]}…" if short and len(words) > _SHORT else words


#: Numbers of a KPI, which are written in its unit.
_IN_ITS_UNIT = frozenset({"value", "max_value", "effect", "from_value", "to_value", "per_week"})
#: Kept as the day after the last one, and shown as the last one.
_EXCLUSIVE = frozenset({"valid_to", "end"})

_WORDS: Mapping[str, Any] = {
    "language": lambda value, _: LANGUAGE_NAMES[value],
    "role": lambda value, language: role_name(Role(value), language),
    "state": lambda value, language: render(named_state(value), language),
    "per": lambda value, language: grain_name(Grain(value), language),
    "grain": lambda value, language: grain_name(Grain(value), language),
    "kind": _kind_word,
    "plan_status": lambda value, language: plan_words.status(PlanStatus(value), language),
    "purpose": lambda value, language: render(purpose_name(Purpose(value)), language),
    "status": lambda value, language: render(_state_word(value), language),
    "unit": lambda value, language: unit_name(Unit(value), language),
    "aggregate": lambda value, language: aggregate_name(Aggregate(value), language),
    "entity": entity_name,
    "better": lambda value, language: better_name(Better(value), language),
    "coverage": lambda value, language: cell_word("coverage", value, language),
    "response": lambda value, language: render(response_name(Response(value)), language),
    "trigger": lambda value, language: trigger_name(Trigger(value), language),
    "outcome": lambda value, language: outcome_word(Outcome(value), language),
    "origin": origin_word,
    "way": lambda value, language: render(way_name(Way(value)), language),
}
