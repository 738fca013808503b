"""Tables of the pipeline review: what moved, what to look after, who wins how much."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dashboard import data
from dashboard.access.rights import Capability
from dashboard.components.pipeline_work import work_cell
from dashboard.exports.table import Field, Made, Row, Said, Table, filled
from dashboard.rhythm import pipeline_words as words
from dashboard.spreadsheets import Kind
from dashboard.text import render, text
from pipelines.errors import Message, msg
from pipelines.funnel.conversion import Rate
from pipelines.funnel.model import (
    Bar,
    Basis,
    Concern,
    Deal,
    End,
    MovedDeal,
    OpenDeal,
    PipelineReview,
)

_COUNTED = {
    Basis.STAGE: msg("in its stage"),
    Basis.SINCE: msg("since it entered its stage"),
    Basis.LIFE: msg("since it was created"),
}


@dataclass
class _Watched:
    """An open deal, and everything that is wrong with it."""

    found: OpenDeal
    concerns: set[Concern] = field(default_factory=set)


def _review(said: Said) -> PipelineReview:
    since = date.fromisoformat(said.of("since")) if said.of("since") else None
    return data.pipeline.with_every_deal(since, said.of("person") or None)


def _titled(name: Message) -> Callable[[Said], str]:
    """Return how a table is called, and whose deals alone are in it."""

    def title(said: Said) -> str:
        table, person = render(name, said.language), said.of("person")
        if not person:
            return table
        return text("{table}, {name}", said.language, table=table, name=person)

    return title


def _bridge(said: Said) -> Made:
    review = _review(said)
    bridge, currency = review.bridge, review.currency
    fields: Sequence[Field[End | Bar]] = (
        Field(
            msg("Line"),
            lambda one: (
                msg("Open pipeline")
                if isinstance(one, End)
                else words.change_name(one.change, said.language)
            ),
        ),
        Field(msg("Day"), lambda one: one.day if isinstance(one, End) else None, Kind.DATE),
        Field(msg("Deals"), lambda one: one.deals, Kind.COUNT),
        Field(
            msg("Open amount, {currency}", currency=currency),
            lambda one: one.amount if isinstance(one, End) else None,
            Kind.MONEY,
        ),
        Field(
            msg("Adds to the pipeline, {currency}", currency=currency),
            lambda one: one.added if isinstance(one, Bar) else None,
            Kind.MONEY,
        ),
        Field(
            msg("Worth of these deals, {currency}", currency=currency),
            lambda one: one.worth if isinstance(one, Bar) else None,
            Kind.MONEY,
        ),
        Field(
            msg("Deals without such an amount"),
            lambda one: one.without_amount if isinstance(one, Bar) else None,
            Kind.COUNT,
        ),
    )
    rows: list[End | Bar] = [bridge.opening, *bridge.bars, bridge.closing]
    return filled(rows, fields, said.language)


def _moved(said: Said) -> Made:
    review = _review(said)
    fields: Sequence[Field[tuple[Bar, MovedDeal]]] = (
        Field(msg("Movement"), lambda one: words.change_name(one[0].change, said.language)),
        *_deal(_moved_deal),
        Field(msg("Stage before"), lambda one: one[1].was_stage),
        Field(msg("Amount before"), lambda one: one[1].was_amount, Kind.MONEY),
        Field(msg("Expected close before"), lambda one: one[1].was_close_on, Kind.DATE),
        Field(
            msg("Adds to the pipeline, {currency}", currency=review.currency),
            lambda one: one[1].added,
            Kind.MONEY,
        ),
    )
    rows = [(bar, deal) for bar in review.bridge.bars for deal in bar.listed]
    return filled(rows, fields, said.language)


def _worries(said: Said) -> Made:
    worries = _review(said).worries
    found: dict[tuple[str, str], _Watched] = {}
    for concern, worry in worries.items():
        for one in worry.listed:
            key = (one.deal.source, one.deal.external_id)
            found.setdefault(key, _Watched(one)).concerns.add(concern)

    def holds(concern: Concern) -> Callable[[_Watched], bool | None]:
        known = worries[concern].unavailable is None
        return lambda one: concern in one.concerns if known else None

    under_way = data.pipeline.under_way()

    def work(one: _Watched) -> str:
        doing = under_way.about(one.found.deal)
        return "; ".join(lead.text for lead in work_cell(doing, under_way.today, said.language))

    fields: Sequence[Field[_Watched]] = (
        *_deal(_watched_deal),
        Field(msg("Stalled"), holds(Concern.STALLED), Kind.FLAG),
        Field(msg("Close date in the past"), holds(Concern.PAST_CLOSE), Kind.FLAG),
        Field(msg("Without a next step in the CRM"), holds(Concern.NO_STEP), Kind.FLAG),
        Field(msg("Last activity"), lambda one: one.found.last_activity_on, Kind.DATE),
        Field(msg("Days there"), lambda one: one.found.pace and one.found.pace.days, Kind.COUNT),
        Field(
            msg("Usual number of days"),
            lambda one: one.found.pace and one.found.pace.usual_days,
            Kind.COUNT,
        ),
        Field(
            msg("Days counted"),
            lambda one: one.found.pace and _COUNTED[one.found.pace.basis],
        ),
        Field(msg("Under way"), lambda one: work(one) or None),
    )
    return filled(found.values(), fields, said.language)


def _rates(said: Said) -> Made:
    language = said.language
    everybody = msg("Everybody")
    fields: Sequence[Field[tuple[str | None, Rate]]] = (
        Field(msg("Stage reached"), lambda one: words.stage_name(one[0], language)),
        Field(msg("Person"), lambda one: one[1].who or everybody),
        Field(msg("Won"), lambda one: one[1].won, Kind.COUNT),
        Field(msg("Won or lost"), lambda one: one[1].finished, Kind.COUNT),
        Field(msg("Win rate"), lambda one: one[1].share, Kind.PERCENT),
        Field(msg("Lower end of the range"), lambda one: one[1].lower, Kind.PERCENT),
        Field(msg("Upper end of the range"), lambda one: one[1].upper, Kind.PERCENT),
        Field(
            msg("Differs by more than chance explains"),
            lambda one: one[1].stands_out,
            Kind.FLAG,
        ),
    )
    rows = [
        (stage.stage, rate)
        for stage in _review(said).conversion.stages
        for rate in (stage.company, *stage.people)
    ]
    return filled(rows, fields, language)


def _accounts(said: Said) -> Made:
    review = _review(said)
    fields: Sequence[Field[tuple[str, Decimal]]] = (
        Field(msg("Account"), lambda one: one[0]),
        Field(
            msg("Open amount, {currency}", currency=review.currency),
            lambda one: one[1],
            Kind.MONEY,
        ),
    )
    return filled(review.concentration.largest_accounts, fields, said.language)


def _moved_deal(one: tuple[Bar, MovedDeal]) -> Deal:
    return one[1].deal


def _watched_deal(one: _Watched) -> Deal:
    return one.found.deal


def _deal(of: Callable[[Row], Deal]) -> Sequence[Field[Row]]:
    """Return what a deal is, as the columns of its row."""
    return (
        Field(msg("Deal"), lambda one: of(one).called),
        Field(msg("Customer"), lambda one: of(one).account),
        Field(msg("Person"), lambda one: of(one).owner),
        Field(msg("Stage"), lambda one: of(one).stage),
        Field(msg("Amount"), lambda one: of(one).amount, Kind.MONEY),
        Field(msg("Currency"), lambda one: of(one).currency),
        Field(msg("Created"), lambda one: of(one).created_on, Kind.DATE),
        Field(msg("Expected close"), lambda one: of(one).expected_close_on, Kind.DATE),
        Field(msg("Number in the source"), lambda one: of(one).external_id),
        Field(msg("File"), lambda one: of(one).file),
        Field(msg("Line"), lambda one: of(one).line if of(one).file else None, Kind.COUNT),
    )


TABLES: Mapping[str, Table] = {
    name: Table(Capability.SEE_FIGURES, _titled(title), make)
    for name, title, make in (
        ("pipeline_bridge", msg("What moved in the pipeline"), _bridge),
        ("pipeline_moved", msg("The deals that moved"), _moved),
        ("pipeline_worries", msg("Open deals to look after"), _worries),
        ("pipeline_accounts", msg("The largest accounts of the pipeline"), _accounts),
        ("pipeline_rates", msg("Win rate by person and stage"), _rates),
    )
}
