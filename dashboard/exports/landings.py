"""Tables of landings: where quarters end, the deals that make it, how good earlier ones were."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard import format as shown
from dashboard.access.rights import Capability
from dashboard.exports.reviewed import Measured, gaps_of, measured, titled
from dashboard.exports.table import Field, Made, Said, Table, calendar, filled
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.spreadsheets import Kind
from pipelines.errors import msg
from pipelines.landing.model import (
    Decisive,
    Landing,
    OpenDeal,
    Outlook,
    Score,
    TrackRecord,
    Tried,
)


class _End(NamedTuple):
    landing: Landing
    outlook: Outlook | None
    record: TrackRecord | None

    @property
    def score(self) -> Score | None:
        """How good earlier landings of it were; None: nobody knows."""
        return self.record.score if self.record else None


class _Deal(NamedTuple):
    landing: Landing
    deal: OpenDeal
    decisive: Decisive | None


class _Try(NamedTuple):
    record: TrackRecord
    tried: Tried


def _landings(said: Said) -> Made:
    review = gaps_of(said)
    fields: Sequence[Field[_End]] = (
        *measured(_kpi),
        Field(
            msg("Period"),
            lambda one: shown.period_name(one.landing.period, calendar(), said.language),
        ),
        Field(msg("Seen from"), lambda one: one.landing.as_of, Kind.DATE),
        Field(msg("Target"), lambda one: one.landing.aim and one.landing.aim.value, Kind.NUMBER),
        Field(msg("Actual to date"), lambda one: one.landing.to_date, Kind.NUMBER),
        Field(msg("Landing"), lambda one: one.landing.value, Kind.NUMBER),
        Field(msg("Low end (P10)"), lambda one: one.outlook and one.outlook.low, Kind.NUMBER),
        Field(msg("Middle (P50)"), lambda one: one.outlook and one.outlook.middle, Kind.NUMBER),
        Field(msg("High end (P90)"), lambda one: one.outlook and one.outlook.high, Kind.NUMBER),
        Field(
            msg("Chance to reach the target"),
            lambda one: one.outlook and one.outlook.chance,
            Kind.PERCENT,
        ),
        Field(msg("Closed so far"), lambda one: one.outlook and one.outlook.closed, Kind.NUMBER),
        Field(
            msg("Expected of open deals"), lambda one: one.outlook and one.outlook.open, Kind.NUMBER
        ),
        Field(
            msg("Expected of deals to come"),
            lambda one: one.outlook and one.outlook.others,
            Kind.NUMBER,
        ),
        Field(msg("Days tried"), lambda one: one.record and len(one.record.tried), Kind.COUNT),
        Field(
            msg("Share of results in the range"),
            lambda one: one.score and one.score.covered,
            Kind.PERCENT,
        ),
        Field(msg("Mean error"), lambda one: one.score and one.score.error, Kind.NUMBER),
        Field(msg("Bias"), lambda one: one.score and one.score.bias, Kind.NUMBER),
        Field(
            msg("Mean error of the plain pace"),
            lambda one: one.score and one.score.run_rate_error,
            Kind.NUMBER,
        ),
        Field(
            msg("Mean error of fixed chances by stage"),
            lambda one: one.score and one.score.static_error,
            Kind.NUMBER,
        ),
        Field(msg("Why there is no number"), lambda one: one.landing.unavailable),
    )
    rows = [_End(one, one.outlook, review.record(one.definition.key)) for one in _ends(review)]
    return filled(rows, fields, said.language)


def _deals(said: Said) -> Made:
    fields: Sequence[Field[_Deal]] = (
        *measured(_kpi),
        Field(msg("Deal"), lambda one: one.deal.name or one.deal.external_id),
        Field(msg("Customer"), lambda one: one.deal.account),
        Field(msg("Person"), lambda one: one.deal.owner),
        Field(msg("Stage"), lambda one: one.deal.stage),
        Field(msg("Days there"), lambda one: one.deal.days_there, Kind.COUNT),
        Field(msg("Amount"), lambda one: one.deal.amount, Kind.NUMBER),
        Field(msg("Chance"), lambda one: one.deal.chance, Kind.PERCENT),
        Field(msg("Expected of it"), lambda one: one.deal.expected, Kind.NUMBER),
        Field(msg("Makes the landing"), lambda one: one.decisive is not None, Kind.FLAG),
        Field(
            msg("Landing without it"),
            lambda one: one.decisive and one.decisive.without,
            Kind.NUMBER,
        ),
        Field(
            msg("Chance to reach the target without it"),
            lambda one: one.decisive and one.decisive.chance_without,
            Kind.PERCENT,
        ),
        Field(
            msg("Landing if it is won"), lambda one: one.decisive and one.decisive.won, Kind.NUMBER
        ),
        Field(
            msg("Chance to reach the target if it is won"),
            lambda one: one.decisive and one.decisive.chance_won,
            Kind.PERCENT,
        ),
        Field(msg("Where the chance comes from"), lambda one: one.deal.reason),
        Field(msg("Number in the source"), lambda one: one.deal.external_id),
    )
    return filled(
        [deal for one in _ends(gaps_of(said)) for deal in _deals_of(one)], fields, said.language
    )


def _deals_of(landing: Landing) -> Sequence[_Deal]:
    """Return the open deals of a landing, those first that make it."""
    if landing.outlook is None:
        return ()
    decisive = landing.outlook.decisive
    made_of = {(one.deal.source, one.deal.external_id) for one in decisive}
    others = [one for one in landing.outlook.deals if (one.source, one.external_id) not in made_of]
    return (
        *(_Deal(landing, one.deal, one) for one in decisive),
        *(_Deal(landing, one, None) for one in others),
    )


def _tried(said: Said) -> Made:
    fields: Sequence[Field[_Try]] = (
        *measured(_kpi),
        Field(
            msg("Period"),
            lambda one: shown.period_name(one.tried.period, calendar(), said.language),
        ),
        Field(msg("Seen from"), lambda one: one.tried.day, Kind.DATE),
        Field(msg("Closed so far"), lambda one: one.tried.closed, Kind.NUMBER),
        Field(msg("Low end (P10)"), lambda one: one.tried.low, Kind.NUMBER),
        Field(msg("Middle (P50)"), lambda one: one.tried.middle, Kind.NUMBER),
        Field(msg("High end (P90)"), lambda one: one.tried.high, Kind.NUMBER),
        Field(msg("What came"), lambda one: one.tried.came, Kind.NUMBER),
        Field(msg("In the range"), lambda one: one.tried.is_within, Kind.FLAG),
        Field(msg("By the plain pace"), lambda one: one.tried.run_rate, Kind.NUMBER),
        Field(msg("By fixed chances by stage"), lambda one: one.tried.static, Kind.NUMBER),
    )
    rows = [_Try(record, one) for record in gaps_of(said).records for one in record.tried]
    return filled(rows, fields, said.language)


def _ends(review: GapReview) -> Sequence[Landing]:
    return [gap.landing for gap in review.gaps if gap.landing is not None]


def _kpi(one: _End | _Deal | _Try) -> Measured:
    about = one.record if isinstance(one, _Try) else one.landing
    currency = one.deal.currency if isinstance(one, _Deal) else None
    return about.definition.name, about.definition.unit, currency or about.currency


TABLES: Mapping[str, Table] = {
    name: Table(Capability.SEE_REVIEWS, titled(title), make)
    for name, title, make in (
        ("landings", msg("Landings"), _landings),
        ("landing_deals", msg("The open deals of the landings"), _deals),
        ("landing_tries", msg("How good earlier landings were"), _tried),
    )
}
