"""Tables of meetings: which there were, what they decided, how people found them."""

from collections.abc import Mapping, Sequence

from dashboard import data
from dashboard.access.rights import Capability
from dashboard.components.decision_words import standing_word
from dashboard.exports.table import Field, Made, Said, Table, filled, kpi_name, rounded
from dashboard.rhythm.effect.gauge import MeetingEffect
from dashboard.rhythm.meeting.life import Decided
from dashboard.rhythm.meeting.shelf import Closed
from dashboard.rhythm.series import kind_name
from dashboard.spreadsheets import Kind
from pipelines.errors import msg

_MEETINGS: Sequence[Field[Closed]] = (
    Field(msg("Day"), lambda one: one.line.held_on, Kind.DATE),
    Field(msg("Kind"), lambda one: kind_name(one.line.kind)),
    Field(msg("Minutes planned"), lambda one: one.line.planned_minutes, Kind.COUNT),
    Field(msg("Minutes taken"), lambda one: rounded(one.line.minutes_taken), Kind.NUMBER),
    Field(msg("Decisions"), lambda one: one.line.decisions, Kind.COUNT),
    Field(msg("Actions"), lambda one: one.line.actions, Kind.COUNT),
    Field(msg("Blockers worked"), lambda one: one.line.worked, Kind.COUNT),
    Field(msg("Commitments due"), lambda one: one.kept.due, Kind.COUNT),
    Field(msg("Kept on time"), lambda one: one.kept.on_time, Kind.COUNT),
    Field(msg("Share kept"), lambda one: one.kept.share, Kind.PERCENT),
    Field(msg("Rating"), lambda one: one.line.rating, Kind.NUMBER),
)
_GAUGE: Sequence[Field[MeetingEffect]] = (
    Field(msg("Meeting"), lambda one: one.held_on, Kind.DATE),
    Field(msg("Rating"), lambda one: one.rating, Kind.NUMBER),
    Field(msg("Commitments due"), lambda one: one.due, Kind.COUNT),
    Field(msg("Kept on time"), lambda one: one.on_time, Kind.COUNT),
    Field(msg("Decisions"), lambda one: one.decisions, Kind.COUNT),
    Field(msg("New favourable signals"), lambda one: one.signals, Kind.COUNT),
)


def _meetings(said: Said) -> Made:
    return filled(data.minutes.closed(), _MEETINGS, said.language)


def _decisions(said: Said) -> Made:
    language, known = said.language, {one.key: one for one in data.kpis.definitions()}
    fields: Sequence[Field[Decided]] = (
        Field(
            msg("Number"),
            lambda one: int(one.subject) if one.subject.isdecimal() else None,
            Kind.COUNT,
        ),
        Field(msg("Decided on"), lambda one: one.at.held_on, Kind.DATE),
        Field(msg("Meeting"), lambda one: kind_name(one.at.kind)),
        Field(msg("About"), lambda one: one.about),
        Field(msg("Answer"), lambda one: one.way),
        Field(msg("New target"), lambda one: one.target),
        Field(msg("Decision"), lambda one: one.text),
        Field(msg("Blocker"), lambda one: one.blocker),
        Field(msg("Decided by"), lambda one: one.decided_by),
        Field(msg("Responsible"), lambda one: one.owner),
        Field(msg("Due date"), lambda one: one.due_on, Kind.DATE),
        Field(msg("Done on"), lambda one: one.done_on, Kind.DATE),
        Field(msg("State"), lambda one: one.standing and standing_word(one.standing, language)),
        Field(msg("KPI"), lambda one: kpi_name(one.kpi, known, language)),
    )
    return filled(data.decisions.decisions(), fields, language)


def _gauge(said: Said) -> Made:
    return filled(reversed(data.improve.gauge().meetings), _GAUGE, said.language)


TABLES: Mapping[str, Table] = {
    "meetings": Table(Capability.SEE_REVIEWS, msg("Closed meetings"), _meetings),
    "decisions": Table(Capability.SEE_REVIEWS, msg("Decisions"), _decisions),
    "gauge": Table(Capability.SEE_FIGURES, msg("Satisfaction and effect"), _gauge),
}
