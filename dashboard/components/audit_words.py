"""What an entry of the audit trail says, in sentences: on the page, in dialogs and in the CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard import format as shown
from dashboard.access.entry import Entry
from dashboard.access.rights import Role
from dashboard.access.words import named_state
from dashboard.components import settings_words
from dashboard.components.menu import role_name
from dashboard.components.words import aggregate_name, entity_name, grain_name, kind_name, unit_name
from dashboard.text import Language, render, text
from pipelines.errors import Message, msg
from pipelines.journal import State
from pipelines.kpis.definition import Aggregate, Definition, Kind, Unit
from pipelines.periods import Grain

#: Fields that are about the bookkeeping, not about the thing.
_HIDDEN = frozenset({"version", "target_id", "action_id", "set_at", "logo_picture"})
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
    found = _CHANGES.get(what)
    return render(found, language) if found else what.replace("_", " ").replace(".", ": ")


def thing(entry: Entry, around: Around) -> str:
    """Return which thing it was done to: its name where the entry says one."""
    state = {**(entry.before or {}), **(entry.after or {})}
    kind = entry.kind
    if kind in {"target", "entry", "kpi", "limits", "audit"} and "key" in state:
        name = _kpi(state["key"], around)
        owner = state.get("owner")
        return f"{name}, {owner}" if owner else name
    if kind == "limits":
        return _kpi(entry.subject.split(" ")[1] if " " in entry.subject else "", around)
    named = state.get("title") or state.get("name") or state.get("file")
    return str(named) if named and kind not in {"settings", "choice"} else ""


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
    return field_name(name, around.language)


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
    found = _FIELDS.get(name)
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
    if name == "kpis":
        return ", ".join(_chosen(one, around) for one in value)
    if name == "person_id":
        return around.people.get(value, str(value))
    if isinstance(value, int | float):
        if unit is not None and name in {"value", "max_value"}:
            return shown.value(value, unit, language, currency=around.currency)
        return shown.plain_number(value, language)
    if isinstance(value, Mapping):
        inner = (
            f"{field_name(key, language)} {written(key, one, around)}" for key, one in value.items()
        )
        return ", ".join(inner)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(written(name, one, around) for one in value)
    return _day(str(value), language)


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
    found = around.definitions.get(str({**old, **new}.get("key")))
    return found.unit if found else None


def _word(name: str, value: Any, language: Language) -> str:
    try:
        return str(_WORDS[name](value, language))
    except (KeyError, ValueError):  # a word of another version
        return str(value)


def _day(value: str, language: Language) -> str:
    try:
        return shown.day(date.fromisoformat(value), language)
    except ValueError:
        return value


def _cut(words: str, *, short: bool) -> str:
    return f"{words[: _SHORT - 1]}…" if short and len(words) > _SHORT else words


_WORDS: Mapping[str, Any] = {
    "role": lambda value, language: role_name(Role(value), language),
    "state": lambda value, language: render(named_state(value), language),
    "per": lambda value, language: grain_name(Grain(value), language),
    "grain": lambda value, language: grain_name(Grain(value), language),
    "kind": lambda value, language: kind_name(Kind(value), language),
    "unit": lambda value, language: unit_name(Unit(value), language),
    "aggregate": lambda value, language: aggregate_name(Aggregate(value), language),
    "entity": entity_name,
}

_CHANGES: Mapping[str, Message] = {
    "action.added": msg("Action added"),
    "action.done": msg("Action ticked off"),
    "action.reopened": msg("Action reopened"),
    "action.moved": msg("Action moved"),
    "action.assigned": msg("Action given to somebody else"),
    "action.renamed": msg("Action renamed"),
    "action.linked": msg("Action linked to a KPI"),
    "target.set": msg("Target set"),
    "choice.chosen": msg("KPIs chosen"),
    "entry.typed": msg("Number typed"),
    "kpi.added": msg("Hand-kept KPI added"),
    "kpi.completed": msg("Hand-kept KPI completed"),
    "limits.locked": msg("Natural limits locked"),
    "import.done": msg("File taken in"),
    "person.added": msg("Person added"),
    "person.changed": msg("Person changed"),
    "person.left": msg("Person marked as gone"),
    "person.returned": msg("Person marked as back"),
    "person.joined": msg("Name joined to a person"),
    "person.separated": msg("Name taken from a person"),
    "person.told_apart": msg("Two names marked as two people"),
    "backup.restored": msg("Backup restored"),
    "settings.changed": msg("Company settings changed"),
    "account.added": msg("Account added"),
    "account.renamed": msg("Account renamed"),
    "account.language": msg("Language of an account changed"),
    "account.email": msg("E-mail address of an account changed"),
    "account.role": msg("Role changed"),
    "account.person": msg("Account linked to a person"),
    "account.disabled": msg("Account disabled"),
    "account.enabled": msg("Account enabled"),
    "account.entered": msg("Account used for the first time"),
    "account.invitation_link": msg("Invitation link made"),
    "account.reset_link": msg("Reset link made"),
    "account.password": msg("Password chosen"),
    "account.second_factor_added": msg("Second factor switched on"),
    "account.second_factor_removed": msg("Second factor switched off"),
    "account.recovery_codes": msg("New recovery codes made"),
    "account.identity_added": msg("Login with a provider linked"),
    "account.identity_removed": msg("Login with a provider removed"),
    "account.sessions_ended": msg("Login sessions ended"),
    "login.done": msg("Logged in"),
    "login.left": msg("Logged out"),
    "login.failed": msg("Login refused"),
    "audit.restored": msg("Former value restored"),
}

_FIELDS: Mapping[str, Message] = {
    "title": msg("Title"),
    "owner": msg("Responsible"),
    "responsible": msg("Responsible"),
    "due_on": msg("Due"),
    "kpi": msg("KPI"),
    "kpis": msg("KPIs"),
    "key": msg("KPI"),
    "created_on": msg("Created"),
    "done_on": msg("Done on"),
    "value": msg("Value"),
    "max_value": msg("Upper end"),
    "at_most": msg("At most"),
    "per": msg("Per"),
    "valid_from": msg("From"),
    "valid_to": msg("Until"),
    "start": msg("From"),
    "end": msg("Until"),
    "reason": msg("Reason"),
    "entry": msg("Entry"),
    "grain": msg("Period"),
    "numerator": msg("First part"),
    "denominator": msg("Second part"),
    "note": msg("Note"),
    "name": msg("Name"),
    "other_name": msg("Other name"),
    "written": msg("As the files write it"),
    "kind": msg("Kind"),
    "unit": msg("Unit"),
    "better": msg("Better"),
    "aggregate": msg("A longer period is"),
    "complete": msg("Completed"),
    "confidential": msg("Confidential"),
    "locked_on": msg("Locked on"),
    "file": msg("File"),
    "source": msg("Source"),
    "entity": msg("Contents"),
    "coverage": msg("Extent"),
    "rows_read": msg("Rows read"),
    "added": msg("Added"),
    "changed": msg("Changed"),
    "unchanged": msg("Unchanged"),
    "rejected": msg("Set aside"),
    "email": msg("E-mail address"),
    "team": msg("Team"),
    "region": msg("Region"),
    "business_unit": msg("Business unit"),
    "active": msg("Active"),
    "role": msg("Role"),
    "person_id": msg("Person"),
    "language": msg("Language"),
    "state": msg("State"),
    "how": msg("How"),
    "address": msg("Network address"),
    "wrong": msg("What was wrong"),
    "provider": msg("Provider"),
    "issuer": msg("Provider"),
    "detail": msg("Detail"),
    "created": msg("Made on"),
    "kept": msg("Kept aside"),
}
