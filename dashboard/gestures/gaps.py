"""What people decide about gaps in a gap review."""

from collections.abc import Callable, Mapping, Sequence

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.gestures import asking
from dashboard.gestures.asking import Asked, Way
from dashboard.gestures.said import Said
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.decision import GivenAction
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue, unknown_key
from pipelines.kpis.definition import Better
from pipelines.kpis.target import in_force
from pipelines.kpis.target_values import parse_target_value
from pipelines.kpis.target_words import weeks_changed
from pipelines.kpis.targets import TargetRequest, finished_weeks_changed, list_targets
from pipelines.periods import Grain, Period


def _act(context: Context, meeting_id: int, said: Said) -> None:
    due, owner = asking.due_day(said), asking.person(context, meeting_id, said, "owner")
    kpi, version = said.typed("kpi"), said.number("version")
    deciding.act(context, meeting_id, kpi, version, said.typed("title"), owner=owner, due_on=due)


def _adjust(context: Context, meeting_id: int, said: Said) -> Message | None:
    """Adjust a target, and say what that takes back.

    Raises:
        Refused: It may not be set; nothing is asked about it then.
        Asked: It changes the target of finished weeks, and nobody said that it is meant.
    """
    session.require(Capability.SET_TARGETS)
    request = deciding.adjustable(context, _request(context, said))
    weeks = finished_weeks_changed(context, request)
    if weeks and not said.flag("anyway"):
        raise _about(weeks, context)
    given = deciding.open_action(context, meeting_id, request.key)
    deciding.adjust(context, meeting_id, request, said.number("version"))
    return _taken_back(given)


def _about(weeks: Sequence[Period], context: Context) -> Asked:
    """Return the question about a first day that changes what finished weeks aimed at."""
    monday = context.calendar.period(Grain.WEEK, context.today()).start
    ways = [
        Way(msg("Keep this date"), {"anyway": "1"}),
        Way(msg("Take {day}", day=monday), {"from": monday.isoformat()}),
    ]
    return Asked([Problem(weeks_changed(weeks))], "from", ways)


def _accept(context: Context, meeting_id: int, said: Said) -> Message | None:
    kpi, version = said.typed("kpi"), said.number("version")
    given = deciding.open_action(context, meeting_id, kpi)
    deciding.accept(context, meeting_id, kpi, version, said.typed("reason"))
    return _taken_back(given)


def _taken_back(given: GivenAction | None) -> Message | None:
    """Return which action is given up with the decision that gave it out."""
    return msg("The action “{title}” is taken back.", title=given.title) if given else None


def _request(context: Context, said: Said) -> TargetRequest:
    key, start = said.typed("kpi"), said.day("from")
    definitions = catalogue(context)
    if key not in definitions:
        raise Refused(unknown_key(key, definitions))
    if start is None:
        raise Refused.of(msg("The first day is missing."))
    definition, grains = definitions[key], {grain.value: grain for grain in Grain}
    most = said.typed("max")
    companys = [one for one in list_targets(context, key) if one.whose is None]
    now = in_force(companys, start)
    return TargetRequest(
        key=key,
        value=parse_target_value(said.typed("value"), definition.unit),
        max_value=parse_target_value(most, definition.unit) if most else None,
        # a ceiling stays one: what is adjusted is how high it is
        at_most=not most and (definition.better is Better.DOWN or bool(now and now.at_most)),
        valid_from=start,
        per=grains.get(said.typed("per")) if definition.adds_up else None,
        reason=said.typed("reason").strip() or None,
    )


#: By the name that pages call them by.
DECIDING: Mapping[str, Callable[[Context, int, Said], Message | None]] = {
    "act_on_gap": _act,
    "adjust_target": _adjust,
    "accept_gap": _accept,
}
