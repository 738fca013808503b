"""Tables of the quarterly review: KPIs, work and rituals with their verdicts."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dashboard import data
from dashboard.access.rights import Capability
from dashboard.components.words import kind_name
from dashboard.exports.reviewed import Measured, measured, meeting_of, record_of, titled
from dashboard.exports.table import Field, Made, Said, Table, filled, rounded
from dashboard.report.earlier import word_then
from dashboard.rhythm.improve.words import outcome_word
from dashboard.rhythm.quarter.model import (
    Decided,
    Effect,
    Item,
    KpiNumbers,
    QuarterReview,
    RitualNumbers,
    WorkNumbers,
)
from dashboard.rhythm.quarter.words import way_name
from dashboard.rhythm.quarter.work_words import state_name
from dashboard.spreadsheets import Kind
from dashboard.text import Language, render
from pipelines.analysis.judgement import Limits
from pipelines.errors import Message, msg
from pipelines.periods import last_day


class _Kpi(NamedTuple):
    item: Item
    numbers: KpiNumbers


class _Work(NamedTuple):
    item: Item
    numbers: WorkNumbers


class _Ritual(NamedTuple):
    item: Item
    numbers: RitualNumbers


def _kpis(said: Said) -> Made:
    fields: Sequence[Field[_Kpi]] = (
        *measured(_measured),
        Field(msg("Kind"), lambda one: kind_name(one.numbers.kind, said.language)),
        Field(msg("Responsible"), lambda one: one.item.owner),
        Field(msg("Actual"), lambda one: one.numbers.value, Kind.NUMBER),
        Field(msg("First part"), lambda one: one.numbers.numerator, Kind.NUMBER),
        Field(msg("Second part"), lambda one: one.numbers.denominator, Kind.NUMBER),
        Field(msg("Target"), lambda one: one.numbers.aim and one.numbers.aim.value, Kind.NUMBER),
        Field(
            msg("Upper end of the target"),
            lambda one: one.numbers.aim and one.numbers.aim.max_value,
            Kind.NUMBER,
        ),
        Field(msg("Gap"), lambda one: one.numbers.gap, Kind.NUMBER),
        Field(msg("On target"), lambda one: one.numbers.on_target, Kind.FLAG),
        Field(msg("Last year"), lambda one: one.numbers.last_year, Kind.NUMBER),
        Field(msg("Still running"), lambda one: one.numbers.partial, Kind.FLAG),
        Field(msg("Chosen from"), lambda one: one.numbers.chosen_from, Kind.DATE),
        Field(
            msg("Chosen until"),
            lambda one: one.numbers.chosen_to and last_day(one.numbers.chosen_to),
            Kind.DATE,
        ),
        Field(msg("Weeks with a value"), lambda one: one.numbers.weeks_with_value, Kind.COUNT),
        Field(msg("Weeks with a target"), lambda one: one.numbers.weeks_aimed, Kind.COUNT),
        Field(msg("Weeks on target"), lambda one: one.numbers.weeks_on_target, Kind.COUNT),
        Field(msg("Favourable signals"), lambda one: one.numbers.good_signals, Kind.COUNT),
        Field(msg("Adverse signals"), lambda one: one.numbers.bad_signals, Kind.COUNT),
        *_band(
            msg("Lower natural limit before"),
            msg("Average before"),
            msg("Upper natural limit before"),
            lambda one: one.numbers.limits_before,
        ),
        *_band(
            msg("Lower natural limit in the quarter"),
            msg("Average in the quarter"),
            msg("Upper natural limit in the quarter"),
            lambda one: one.numbers.limits_after,
        ),
        *_decided(said.language),
    )
    rows = [_Kpi(one, one.kpi) for one in _review(said).kpis if one.kpi is not None]
    return filled(rows, fields, said.language)


def _measured(one: _Kpi) -> Measured:
    return one.item.name, one.numbers.unit, one.numbers.currency


def _band(
    lower: Message, centre: Message, upper: Message, of: Callable[[_Kpi], Limits | None]
) -> Sequence[Field[_Kpi]]:
    """Return the columns of natural limits."""

    def part(cell: Callable[[Limits], float]) -> Callable[[_Kpi], float | None]:
        def read(one: _Kpi) -> float | None:
            limits = of(one)
            return None if limits is None else cell(limits)

        return read

    return (
        Field(lower, part(lambda one: one.lower), Kind.NUMBER),
        Field(centre, part(lambda one: one.centre), Kind.NUMBER),
        Field(upper, part(lambda one: one.upper), Kind.NUMBER),
    )


def _work(said: Said) -> Made:
    record = record_of(said)
    names = {one.key: one.name for one in data.kpis.definitions()}
    # as they were called then, where that is kept
    names |= {one.key: one.name for one in record.meanings} if record else {}

    def kpi(one: _Work) -> Measured:
        numbers = one.numbers
        name = numbers.effect.kpi_name if numbers.effect else names.get(numbers.kpi or "")
        return name, numbers.unit, numbers.currency

    fields: Sequence[Field[_Work]] = (
        Field(msg("Kind"), _kind_of_work),
        Field(msg("Number"), lambda one: one.numbers.number, Kind.COUNT),
        Field(msg("Title"), lambda one: one.item.name),
        Field(msg("Responsible"), lambda one: one.item.owner),
        Field(msg("State"), lambda one: state_name(one.numbers.state)),
        Field(msg("Due date"), lambda one: one.numbers.due_on, Kind.DATE),
        Field(msg("Ended on"), lambda one: one.numbers.done_on, Kind.DATE),
        *measured(kpi),
        *_effects(),
        Field(msg("Why it cannot be judged"), lambda one: one.numbers.unjudged),
        Field(
            msg("How the experiment ended"),
            lambda one: one.numbers.outcome and outcome_word(one.numbers.outcome, said.language),
        ),
        *_decided(said.language),
    )
    rows = [_Work(one, one.work) for one in _review(said).work if one.work is not None]
    return filled(rows, fields, said.language)


def _kind_of_work(one: _Work) -> Message:
    return msg("Experiment") if one.numbers.experiment else msg("Action")


def _effects() -> Sequence[Field[_Work]]:
    """Return the columns that say what a KPI did after something was done."""

    def of(cell: Callable[[Effect], object]) -> Callable[[_Work], object]:
        return lambda one: None if one.numbers.effect is None else cell(one.numbers.effect)

    return (
        Field(msg("Shows from"), of(lambda one: one.shows_from), Kind.DATE),
        Field(msg("Weeks before"), of(lambda one: one.weeks_before), Kind.COUNT),
        Field(msg("Weeks after"), of(lambda one: one.weeks_after), Kind.COUNT),
        Field(msg("Mean before"), of(lambda one: one.before), Kind.NUMBER),
        Field(msg("Mean after"), of(lambda one: one.after), Kind.NUMBER),
        Field(msg("Difference"), of(lambda one: one.difference), Kind.NUMBER),
        Field(msg("At least (95%)"), of(lambda one: one.low), Kind.NUMBER),
        Field(msg("At most (95%)"), of(lambda one: one.high), Kind.NUMBER),
        Field(msg("Expected difference"), of(lambda one: one.expected), Kind.NUMBER),
        Field(msg("Weeks with a hoped-for signal"), of(lambda one: one.signals), Kind.COUNT),
    )


def _rituals(said: Said) -> Made:
    fields: Sequence[Field[_Ritual]] = (
        Field(msg("Ritual"), lambda one: one.item.name),
        Field(msg("Times due"), lambda one: one.numbers.due, Kind.COUNT),
        Field(msg("Times held"), lambda one: one.numbers.held, Kind.COUNT),
        Field(
            msg("Minutes planned"), lambda one: rounded(one.numbers.planned_minutes), Kind.NUMBER
        ),
        Field(msg("Minutes taken"), lambda one: rounded(one.numbers.taken_minutes), Kind.NUMBER),
        Field(msg("As long as planned or less"), lambda one: one.numbers.in_time, Kind.COUNT),
        Field(msg("Rating"), lambda one: one.numbers.rating, Kind.NUMBER),
        Field(msg("Meetings rated"), lambda one: one.numbers.rated, Kind.COUNT),
        Field(
            msg("Commitments due"),
            lambda one: one.numbers.kept and one.numbers.kept.due,
            Kind.COUNT,
        ),
        Field(
            msg("Kept on time"),
            lambda one: one.numbers.kept and one.numbers.kept.on_time,
            Kind.COUNT,
        ),
        Field(msg("Decisions"), lambda one: one.numbers.decisions, Kind.COUNT),
        Field(msg("Actions"), lambda one: one.numbers.actions, Kind.COUNT),
        Field(msg("Numbers meetings"), lambda one: one.numbers.numbers_meetings, Kind.COUNT),
        Field(msg("New favourable signals"), lambda one: one.numbers.signals, Kind.COUNT),
        *_decided(said.language),
    )
    rows = [_Ritual(one, one.ritual) for one in _review(said).rituals if one.ritual is not None]
    return filled(rows, fields, said.language)


def _decided(language: Language) -> Sequence[Field[_Kpi | _Work | _Ritual]]:
    """Return the columns of a verdict, and of what it rests on."""

    def of(told: Callable[[Decided], object]) -> Callable[[_Kpi | _Work | _Ritual], object]:
        return lambda one: None if one.item.holds is None else told(one.item.holds)

    def way(one: _Kpi | _Work | _Ritual) -> object:
        decided = one.item.decided
        return way_name(decided.way) if decided else word_then(one.item.earlier, language) or None

    return (
        Field(msg("Decision"), way),
        Field(msg("Reason"), of(lambda one: one.reason)),
        Field(msg("What changes"), of(lambda one: one.change)),
        Field(msg("Decided by"), of(lambda one: one.decided_by)),
        Field(
            msg("Evidence"),
            lambda one: " ".join(render(fact.said, language) for fact in one.item.facts),
        ),
    )


def _review(said: Said) -> QuarterReview:
    return data.papers.quarter_review(meeting_of(said))


TABLES: Mapping[str, Table] = {
    name: Table(Capability.SEE_REVIEWS, titled(title), make)
    for name, title, make in (
        ("quarter_kpis", msg("The KPIs of the quarter"), _kpis),
        ("quarter_work", msg("Actions and experiments"), _work),
        ("quarter_rituals", msg("Rituals"), _rituals),
    )
}
