"""All KPIs of a company: shipped, its own from files, and the hand-kept ones of the store."""

from collections.abc import Iterable

from pipelines.context import Context
from pipelines.errors import Problem, Refused, did_you_mean, msg
from pipelines.kpis import query
from pipelines.kpis.definition import Aggregate, Better, Definition, Kind, LocalText, Unit
from pipelines.periods import Grain
from pipelines.sql import statement
from pipelines.store import Cursor

_FORMULAS = {
    Aggregate.SUM: LocalText(
        "Typed by hand; a longer period is the sum of what was typed.",
        "Saisi à la main ; une période plus longue est la somme des valeurs saisies.",
        "Saisi à la main; une période plus longue est la somme des valeurs saisies.",
    ),
    Aggregate.MEAN: LocalText(
        "Typed by hand; a longer period is the mean of what was typed.",
        "Saisi à la main ; une période plus longue est la moyenne des valeurs saisies.",
        "Saisi à la main; une période plus longue est la moyenne des valeurs saisies.",
    ),
    Aggregate.LAST: LocalText(
        "Typed by hand; a longer period has the last value that was typed.",
        "Saisi à la main ; une période plus longue reprend la dernière valeur saisie.",
        "Saisi à la main; une période plus longue reprend la dernière valeur saisie.",
    ),
    Aggregate.RATIO: LocalText(
        "Typed by hand in two parts; a longer period divides the sums of the parts.",
        "Saisi à la main en deux parties ; une période plus longue divise les sommes des parties.",
        "Saisi à la main en deux parties; une période plus longue divise les sommes des parties.",
    ),
    None: LocalText(
        "Typed by hand; only for the periods it is typed for.",
        "Saisi à la main, seulement pour les périodes saisies.",
    ),
}


def catalogue(context: Context) -> dict[str, Definition]:
    """Return every KPI by key, in alphabetical order; files win over hand-kept ones.

    For whoever may not see margins, KPIs that show them do not exist.
    """
    found = everything(context)
    if context.actor.scope.margins:
        return found
    return {key: one for key, one in found.items() if not shows_margins(one)}


def everything(context: Context) -> dict[str, Definition]:
    """Return every KPI whoever asks: for writing, never for showing."""
    hand_kept = context.store.read(hand_kept_definitions)
    return dict(sorted({**hand_kept, **context.shipped_definitions}.items()))


def shows_margins(definition: Definition) -> bool:
    """Tell whether a KPI shows costs or margins: it looks at costs, or somebody said so."""
    if definition.confidential or definition.measure is None:
        return definition.confidential
    return query.shows_costs(definition.measure)


def known(definitions: dict[str, Definition], keys: Iterable[str]) -> list[Definition]:
    """Return the definitions of some keys, in their order.

    Raises:
        Refused: Some keys are unknown; all of them are named.
    """
    found, problems = [], []
    for key in keys:
        if key in definitions:
            found.append(definitions[key])
        else:
            problems.append(unknown_key(key, definitions))
    if problems:
        raise Refused(*problems)
    return found


def unknown_key(key: str, definitions: Iterable[str]) -> Problem:
    """Return the problem of a key that names no KPI."""
    names = tuple(definitions)
    hint = did_you_mean(key, names) or msg("Known: {keys}.", keys=names)
    return Problem(msg("There is no KPI '{key}'.", key=key), hint=hint)


def hand_kept_definitions(cursor: Cursor) -> dict[str, Definition]:
    """Return the KPIs that exist only in the store, by key."""
    rows = cursor.execute(statement("kpis/hand_kept")).fetchall()
    return {row[0]: _hand_kept(*row) for row in rows}


def _hand_kept(  # noqa: PLR0917 - the columns of the statement, in their order
    key: str,
    kind: str,
    unit: str,
    better: str,
    name: str,
    aggregate: str | None,
    complete: bool,  # noqa: FBT001 - as above
    confidential: bool,  # noqa: FBT001 - as above
) -> Definition:
    rule = Aggregate(aggregate) if aggregate else None
    return Definition(
        key=key,
        kind=Kind(kind),
        unit=Unit(unit),
        better=Better(better),
        name=LocalText(name, name),
        question=LocalText("", ""),
        formula=_FORMULAS[rule],
        reviewed=(Grain.WEEK, Grain.MONTH, Grain.QUARTER),
        measure=None,
        adds_up=rule is Aggregate.SUM,
        aggregate=rule,
        # what an import guessed may be anything until somebody says what it is
        confidential=confidential or not complete,
    )
