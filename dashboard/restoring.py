"""Restoring what stood there before a change of the audit trail.

It is done by the function that makes such changes every day, with all it asks and refuses, and is
itself a change that the trail shows. Nothing is taken out of the history.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from dashboard import company
from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.entry import Entry
from dashboard.access.rights import Capability, Role
from dashboard.access.visitor import Visitor
from dashboard.rhythm import actions, course
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, msg
from pipelines.journal import State
from pipelines.kpis import choice, entries
from pipelines.kpis.entries import EntryRow
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.targets import GROUPS, TargetRequest, list_targets, set_target
from pipelines.people import register
from pipelines.people.person import Details
from pipelines.periods import Grain

RESTORED = "audit.restored"
#: What tells people which thing it is; the trail says it beside the reason.
_NAMES = ("title", "name", "key", *GROUPS)


@dataclass(frozen=True)
class Hands:
    """Who restores, and what in."""

    context: Context
    access: Access
    visitor: Visitor


@dataclass(frozen=True)
class Former:
    """What restoring an entry would do.

    Attributes:
        now: The fields it would change, as they are.
        then: The same fields as they would be.
        version: Of the thing as it was looked at; None if it keeps none.
    """

    now: State
    then: State
    version: int | None = None


@dataclass(frozen=True)
class _Way:
    """How a kind of change is taken back.

    Attributes:
        look: Returns the thing as it is now, with all its fields.
        back: Sets the former value; given the thing as it was looked at, and a reason.
        fields: The fields it sets; None: those that the entry names.
    """

    look: Callable[[Hands, Entry], Mapping[str, Any]]
    back: Callable[[Hands, Entry, Former, str], object]
    fields: tuple[str, ...] | None


def hindrance(entry: Entry) -> Message | None:
    """Return why the former value of an entry cannot be restored; None if it can."""
    if entry.what not in _WAYS:
        return _REASONS.get(entry.what) or _REASONS.get(
            entry.kind, msg("This kind of change has no former value to restore.")
        )
    if entry.before is None:
        return msg("There was nothing before this change.")
    if entry.kind == "settings" and "logo" in entry.before:
        return msg("Former logos are not kept: put the picture there again.")
    return None


def look(hands: Hands, entry: Entry) -> Former:
    """Return what restoring would change.

    Raises:
        AccessRefused: They may not.
        Refused: It cannot be restored; says why.
    """
    hands.visitor.require(Capability.READ_AUDIT)
    if why := hindrance(entry):
        raise Refused.of(why)
    way, before = _WAYS[entry.what], entry.before or {}
    now = way.look(hands, entry)
    fields = tuple(before) if way.fields is None else way.fields
    return Former(
        {name: now.get(name) for name in fields},
        {name: before.get(name) for name in fields},
        now.get("version"),
    )


def restore(hands: Hands, entry: Entry, seen: Former, reason: str) -> None:
    """Set the former value, and note that it was restored and why.

    Args:
        seen: What the person looked at before they decided.
        reason: Mandatory.

    Raises:
        AccessRefused: They may not do it, or not change such a thing.
        Refused: There is no reason, it cannot be restored, or the thing itself refuses.
        Conflict: Somebody changed the thing since it was looked at.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(
            Problem(
                msg("The reason is missing."),
                hint=msg("Say in a few words why the former value comes back."),
            )
        )
    present = look(hands, entry)
    if present.now == present.then:
        raise Refused.of(msg("It is already as it was before this change."))
    if seen.version is None and present.now != seen.now:
        raise Refused.of(
            msg("Somebody changed this in the meantime."),
            hint=msg("Look again: nothing was restored."),
        )
    _WAYS[entry.what].back(hands, entry, seen, reason)
    hands.access.audit.take_over(hands.context)
    state = entry.after or {}
    named = {name: state[name] for name in _NAMES if name in state}
    after = {"entry": entry.number, "reason": reason, **named}
    hands.access.audit.note(hands.visitor.name, RESTORED, entry.subject, after)


def _number(entry: Entry) -> int:
    return int(entry.subject.rsplit(" ", 1)[-1])


def _day(written: Any) -> date | None:
    return date.fromisoformat(str(written)) if written else None


def _action(hands: Hands, entry: Entry) -> Mapping[str, Any]:
    wanted = _number(entry)
    for one in actions.list_actions(hands.context):
        if one.action_id == wanted:
            state = {**asdict(one), "due_on": one.due_on.isoformat()}
            return state | {name: _said(state[name]) for name in ("done_on", "dropped_on")}
    raise _gone()


def _action_way(name: str, back: Callable[[Context, int, int, Any, str], object]) -> _Way:
    def work(hands: Hands, entry: Entry, seen: Former, reason: str) -> object:
        return back(hands.context, _number(entry), seen.version or 0, seen.then[name], reason)

    return _Way(_action, work, (name,))


def _done_again(context: Context, action_id: int, version: int, done_on: Any, _: str) -> object:
    if done_on:  # on the day that stood there, whenever it is taken back
        return actions.complete(context, action_id, version, on=_day(done_on))
    return actions.reopen(context, action_id, version)


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _expected_again(hands: Hands, entry: Entry, seen: Former, _: str) -> object:
    then, number = seen.then, _number(entry)
    return course.expect(
        hands.context, number, seen.version or 0, then["effect"], then["lag_weeks"]
    )


def _dropped_again(
    context: Context, action_id: int, version: int, dropped_on: Any, reason: str
) -> object:
    if dropped_on:
        return course.drop(context, action_id, version, reason)
    return course.take_up(context, action_id, version)


_TARGET = ("value", "max_value", "at_most", "per", "valid_to")


def _target(hands: Hands, entry: Entry) -> Mapping[str, Any]:
    """Return the target that was set last for the same KPI and group."""
    state = entry.after or {}
    whose = [state.get(column) for column in GROUPS]
    same = [
        one
        for one in list_targets(hands.context, state["key"])
        if [getattr(one, column) for column in GROUPS] == whose and not one.taken_back
    ]
    if not same:
        raise _gone()
    newest = max(same, key=lambda one: one.target_id)
    return {
        "value": newest.value,
        "max_value": newest.max_value,
        "at_most": newest.at_most,
        "per": newest.per.value if newest.per else None,
        "valid_from": newest.valid_from.isoformat(),
        "valid_to": newest.valid_to.isoformat() if newest.valid_to else None,
    }


def _target_back(hands: Hands, entry: Entry, seen: Former, reason: str) -> object:
    state, then = entry.after or {}, seen.then
    request = TargetRequest(
        key=state["key"],
        value=float(then["value"]),
        max_value=None if then["max_value"] is None else float(then["max_value"]),
        at_most=bool(then["at_most"]),
        per=Grain(then["per"]) if then["per"] else None,
        # from the day on which the other one began: what was aimed at before stays as it is
        valid_from=date.fromisoformat(state["valid_from"]),
        valid_to=_day(then["valid_to"]),
        reason=reason,
        **{column: state.get(column) for column in GROUPS},
    )
    return set_target(hands.context, request)


def _choice(hands: Hands, _: Entry) -> Mapping[str, Any]:
    chosen = choice.chosen(hands.context)
    return {"kpis": [{"key": one.key, "responsible": one.responsible} for one in chosen]}


def _choice_back(hands: Hands, _: Entry, seen: Former, __: str) -> object:
    return choice.choose(
        hands.context, [(one["key"], one["responsible"]) for one in seen.then["kpis"]]
    )


_ENTRY = ("value", "numerator", "denominator", "note")


def _typed(hands: Hands, entry: Entry) -> Mapping[str, Any]:
    state = entry.after or {}
    start, owner = date.fromisoformat(state["start"]), state.get("owner") or None
    period = hands.context.calendar.period(Grain(state["grain"]), start)
    found = rows_behind(hands.context, state["key"], period.start, period.end)
    for record in found.records:
        said = dict(zip(found.columns, record, strict=True))
        same_period = (said["start"], said["grain"]) == (start, state["grain"])
        if same_period and (said["owner"] or None) == owner:
            return {name: said.get(name) for name in _ENTRY}
    raise _gone()


def _typed_back(hands: Hands, entry: Entry, seen: Former, _: str) -> None:
    state = entry.after or {}
    row = EntryRow(
        key=state["key"],
        start=date.fromisoformat(state["start"]),
        grain=Grain(state["grain"]),
        owner=state.get("owner") or None,
        **{name: seen.then[name] for name in _ENTRY},
    )
    entries.add_entry(hands.context, row)


def _account(hands: Hands, entry: Entry) -> Mapping[str, Any]:
    account = accounts.get_account(hands.access, _number(entry))
    return {**accounts.state_of(account), "version": account.version}


def _account_way(name: str, back: Callable[[Access, Visitor, int, Any, int], object]) -> _Way:
    def work(hands: Hands, entry: Entry, seen: Former, _: str) -> object:
        then, version = seen.then[name], seen.version or 0
        return back(hands.access, hands.visitor, _number(entry), then, version)

    return _Way(_account, work, (name,))


def _role_again(access: Access, by: Visitor, account_id: int, role: Any, version: int) -> object:
    return accounts.change_role(access, by, account_id, Role(role), version)


def _state_again(access: Access, by: Visitor, account_id: int, state: Any, version: int) -> object:
    change = accounts.disable if state == accounts.State.DISABLED else accounts.enable
    return change(access, by, account_id, version)


_DETAILS = ("name", "email", "team", "region", "business_unit")


def _person(hands: Hands, entry: Entry) -> Mapping[str, Any]:
    wanted = _number(entry)
    for one in register.list_people(hands.context):
        if one.person_id == wanted:
            return {**asdict(one.details), "active": one.active, "version": one.version}
    raise _gone()


def _person_back(hands: Hands, entry: Entry, seen: Former, _: str) -> object:
    details = Details(**{name: seen.then[name] for name in _DETAILS})
    return register.change_person(hands.context, _number(entry), seen.version or 0, details)


def _presence_back(hands: Hands, entry: Entry, seen: Former, _: str) -> object:
    change = register.take_back if seen.then["active"] else register.deactivate
    return change(hands.context, _number(entry), seen.version or 0)


def _settings(_: Hands, __: Entry) -> Mapping[str, Any]:
    return company.flat(company.settings())


def _settings_back(_: Hands, __: Entry, seen: Former, ___: str) -> object:
    return company.change(company.settings(), seen.then)


def _gone() -> Refused:
    return Refused.of(
        msg("What was changed is not there any more."),
        hint=msg("There is nothing to restore it in."),
    )


_WAYS: Mapping[str, _Way] = {
    "action.renamed": _action_way(
        "title",
        lambda context, number, version, then, _: actions.rename(context, number, version, then),
    ),
    "action.moved": _action_way(
        "due_on",
        lambda context, number, version, then, reason: actions.move(
            context, number, version, _day(then), reason
        ),
    ),
    "action.assigned": _action_way(
        "owner",
        lambda context, number, version, then, _: actions.assign(context, number, version, then),
    ),
    "action.linked": _action_way(
        "kpi",
        lambda context, number, version, then, _: actions.link(context, number, version, then),
    ),
    "action.done": _action_way("done_on", _done_again),
    "action.reopened": _action_way("done_on", _done_again),
    "action.progressed": _action_way(
        "estimate",
        lambda context, number, version, then, _: course.set_progress(
            context, number, version, then
        ),
    ),
    "action.placed": _action_way(
        "priority_id",
        lambda context, number, version, then, _: course.place(context, number, version, then),
    ),
    "action.expected": _Way(_action, _expected_again, ("effect", "lag_weeks")),
    "action.dropped": _action_way("dropped_on", _dropped_again),
    "action.taken_up": _action_way("dropped_on", _dropped_again),
    "target.set": _Way(_target, _target_back, _TARGET),
    "choice.chosen": _Way(_choice, _choice_back, ("kpis",)),
    "entry.typed": _Way(_typed, _typed_back, _ENTRY),
    "person.changed": _Way(_person, _person_back, _DETAILS),
    "person.left": _Way(_person, _presence_back, ("active",)),
    "person.returned": _Way(_person, _presence_back, ("active",)),
    "settings.changed": _Way(_settings, _settings_back, None),
    "account.renamed": _account_way("name", accounts.rename),
    "account.language": _account_way("language", accounts.change_language),
    "account.email": _account_way("email", accounts.change_email),
    "account.role": _account_way("role", _role_again),
    "account.person": _account_way("person_id", accounts.link_person),
    "account.disabled": _account_way("state", _state_again),
    "account.enabled": _account_way("state", _state_again),
}

#: Why not, by kind of change or kind of thing.
_REASONS: Mapping[str, Message] = {
    "action.added": msg("An action is never taken away: tick it off, or give it to somebody."),
    "action.commented": msg("What somebody said stays said: add another comment."),
    "request": msg("What was asked for and answered stays: move the action itself."),
    "action.carried": msg("The action goes on in the next plan: change it there."),
    "plan": msg("A plan changes on its own page, which keeps every version of it."),
    "one_to_one": msg("What was talked about changes on the page of the individual plan."),
    "gap": msg("What is done about a gap is decided otherwise in its review, while it is open."),
    "account.added": msg("An account is never taken away: disable it."),
    "account.password": msg("Nobody can bring a password back: make a reset link."),
    "target.taken_back": msg("Set the target again on the page of the targets."),
    "kpi": msg("The description of a KPI is changed where its numbers are typed."),
    "limits": msg("Lock other limits, with a reason: the newest lock counts."),
    "import": msg("A file that was taken in stays: take in a corrected one."),
    "person.added": msg("A person is never taken away: mark them as gone."),
    "person": msg("Names are joined and separated on the page about people."),
    "login": msg("That somebody logged in or out has no former value."),
    RESTORED: msg("The change that was restored has an entry of its own beside this one."),
}
