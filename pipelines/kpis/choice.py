"""The five to seven KPIs that a company steers by."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, msg, msg_plural
from pipelines.journal import What, note
from pipelines.kpis.availability import availability
from pipelines.kpis.catalogue import catalogue, unknown_key
from pipelines.kpis.definition import Definition, Kind, LocalText
from pipelines.people.names import names_at
from pipelines.sql import statement
from pipelines.store import Cursor

FEWEST = 5
MOST = 7
FEWEST_OF_KIND = 2

#: What to propose first: the whole way from activity to margin, in the order of a sale.
_PREFERRED = (
    "new_opportunities",
    "pipeline_created",
    "meetings_held",
    "proposals_sent",
    "sales_won",
    "win_rate",
    "gross_margin_rate",
    "gross_margin",
    "deals_won",
    "average_deal",
    "sales_cycle",
    "no_show_rate",
)
_PROPOSED_INPUTS = 3


@dataclass(frozen=True)
class Choice:
    """A chosen or proposed KPI.

    Attributes:
        responsible: Who answers for it; None if nobody was named.
        position: From 1, in the order in which KPIs are shown.
    """

    key: str
    responsible: str | None
    position: int


def choose(context: Context, choices: Sequence[tuple[str, str | None]]) -> tuple[Choice, ...]:
    """Steer by these KPIs from today on; what was chosen before stays in the history.

    Args:
        choices: Keys in the order to show them, each with the person responsible.

    Raises:
        Refused: Everything that speaks against the choice, at once.
    """
    if problems := choice_problems(context, choices):
        raise Refused(*problems)
    return context.store.write(lambda cursor: choose_at(context, cursor, choices, context.today()))


def choice_problems(
    context: Context, choices: Sequence[tuple[str, str | None]]
) -> tuple[Problem, ...]:
    """Return everything that speaks against a choice; empty if nothing does."""
    return tuple(_problems(choices, catalogue(context), availability(context)))


def with_names(problem: Problem, known: Mapping[str, Definition]) -> Problem:
    """Return a problem of a choice for those who know KPIs by their names, not by their keys."""
    where = "" if problem.where in known else problem.where
    keys = problem.hint.values.get("keys") if problem.hint else None
    if not isinstance(keys, tuple):
        return replace(problem, where=where)
    names = tuple(known[key].name for key in keys)
    return replace(problem, where=where, hint=msg("Available: {keys}.", keys=names))


def choose_at(
    context: Context, cursor: Cursor, choices: Sequence[tuple[str, str | None]], begins: date
) -> tuple[Choice, ...]:
    """Steer by these KPIs from a day on, within a larger transaction.

    Args:
        choices: Ones that nothing speaks against.
        begins: Today or later; what is chosen by then goes on until that day.
    """
    chosen_now = tuple(
        Choice(key, (responsible or "").strip() or None, position)
        for position, (key, responsible) in enumerate(choices, 1)
    )
    before = _chosen(cursor, context.today())
    _replace(cursor, chosen_now, begins)
    note(
        cursor,
        context.actor,
        What.CHOICE_CHOSEN,
        "choice",
        before=_state(before) if before else None,
        after=_state(chosen_now) | ({} if begins == context.today() else {"valid_from": begins}),
    )
    return chosen_now


def chosen(context: Context, on: date | None = None) -> tuple[Choice, ...]:
    """Return what the company steers by, or steered by on a day; empty if nothing was chosen.

    KPIs that whoever asks may not see are left out.

    Args:
        on: None: today.
    """
    found, names = context.store.read(
        lambda cursor: (_chosen(cursor, on or context.today()), names_at(cursor))
    )
    if names:
        found = tuple(
            replace(one, responsible=one.responsible and names.shown(one.responsible))
            for one in found
        )
    if context.actor.scope.margins:
        return found
    visible = catalogue(context)
    return tuple(one for one in found if one.key in visible)


def _chosen(cursor: Cursor, on: date) -> tuple[Choice, ...]:
    rows = cursor.execute(statement("kpis/chosen"), {"day": on}).fetchall()
    return tuple(Choice(*row) for row in rows)


def steered(context: Context, on: date | None = None) -> tuple[tuple[Choice, ...], bool]:
    """Return what the company steers by on a day, else a proposal, and whether it is one.

    Before the first choice, today's is the best guess at what a reader wants to see.

    Args:
        on: None: today.
    """
    choices = chosen(context, on) or chosen(context)
    return (choices, False) if choices else (proposed(context), True)


def proposed(context: Context) -> tuple[Choice, ...]:
    """Return available KPIs to start with: seven at most, inputs first, both kinds if possible."""
    definitions = catalogue(context)
    reasons = availability(context)
    rank = {key: number for number, key in enumerate(_PREFERRED)}
    available = sorted(
        (definition for key, definition in definitions.items() if reasons[key] is None),
        key=lambda definition: rank.get(definition.key, len(rank)),
    )
    inputs = [one for one in available if one.kind is Kind.INPUT]
    outputs = [one for one in available if one.kind is Kind.OUTPUT]
    few_inputs = inputs[: max(_PROPOSED_INPUTS, MOST - len(outputs))]
    mix = [*few_inputs, *outputs[: MOST - len(few_inputs)]]
    return tuple(Choice(one.key, None, position) for position, one in enumerate(mix, 1))


def _problems(
    choices: Sequence[tuple[str, str | None]],
    definitions: Mapping[str, Definition],
    reasons: Mapping[str, Message | LocalText | None],
) -> Iterator[Problem]:
    keys = [key for key, _ in choices]
    for key in dict.fromkeys(keys):
        if key not in definitions:
            yield unknown_key(key, definitions)
        elif definitions[key].measure and (reason := reasons[key]):
            # the first number of a hand-kept KPI may be typed by whoever answers for it
            yield Problem(
                msg("{name} is unavailable: {reason}", name=definitions[key].name, reason=reason),
                key,
            )
    for key, times in Counter(keys).items():
        if times > 1:
            name = definitions[key].name if key in definitions else key
            yield Problem(msg("{name} is chosen {times} times.", name=name, times=times))
    if not FEWEST <= len(keys) <= MOST:
        yield Problem(
            msg_plural(
                "{count} KPI is chosen; it takes {fewest} to {most}.",
                "{count} KPIs are chosen; it takes {fewest} to {most}.",
                count=len(keys),
                fewest=FEWEST,
                most=MOST,
            ),
            hint=msg("Fewer leave a blind side, and nobody keeps an eye on more."),
        )
    kinds = Counter(definitions[key].kind for key in set(keys) if key in definitions)
    if kinds[Kind.INPUT] < FEWEST_OF_KIND:
        yield Problem(
            msg_plural(
                "{count} of them shows activity (input); it takes {fewest}.",
                "{count} of them show activity (input); it takes {fewest}.",
                count=kinds[Kind.INPUT],
                fewest=FEWEST_OF_KIND,
            ),
            hint=_those(definitions, reasons, Kind.INPUT),
        )
    if kinds[Kind.OUTPUT] < FEWEST_OF_KIND:
        yield Problem(
            msg_plural(
                "{count} of them shows results (output); it takes {fewest}.",
                "{count} of them show results (output); it takes {fewest}.",
                count=kinds[Kind.OUTPUT],
                fewest=FEWEST_OF_KIND,
            ),
            hint=_those(definitions, reasons, Kind.OUTPUT),
        )


def _those(
    definitions: Mapping[str, Definition],
    reasons: Mapping[str, Message | LocalText | None],
    kind: Kind,
) -> Message | None:
    keys = tuple(
        key
        for key, one in definitions.items()
        if one.kind is kind and (reasons[key] is None or not one.measure)
    )
    return msg("Available: {keys}.", keys=keys) if keys else None


def _state(choices: Sequence[Choice]) -> dict[str, object]:
    return {"kpis": [{"key": one.key, "responsible": one.responsible} for one in choices]}


def _replace(cursor: Cursor, chosen_now: Sequence[Choice], begins: date) -> None:
    cursor.execute(statement("kpis/end_choice"), {"begins": begins})
    for choice in chosen_now:
        cursor.execute(
            statement("kpis/choose"),
            {
                "kpi": choice.key,
                "position": choice.position,
                "responsible": choice.responsible,
                "begins": begins,
            },
        )
