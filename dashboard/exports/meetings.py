"""Tables of meetings: which there were, what they decided, how people found them."""

from collections.abc import Mapping, Sequence

from dashboard import data
from dashboard.access.rights import Capability
from dashboard.components.decision_words import standing_word
from dashboard.exports.table import Said, Table, kpi_name
from dashboard.rhythm.series import kind_name
from dashboard.spreadsheets import Column, Kind
from dashboard.text import render, text

Made = tuple[Sequence[Column], Sequence[Sequence[object]]]


def _meetings(said: Said) -> Made:
    language = said.language
    columns = [
        Column(text("Day", language), Kind.DATE),
        Column(text("Kind", language)),
        Column(text("Minutes planned", language), Kind.COUNT),
        Column(text("Minutes taken", language), Kind.NUMBER),
        Column(text("Decisions", language), Kind.COUNT),
        Column(text("Actions", language), Kind.COUNT),
        Column(text("Blockers worked", language), Kind.COUNT),
        Column(text("Commitments due", language), Kind.COUNT),
        Column(text("Kept on time", language), Kind.COUNT),
        Column(text("Share kept", language), Kind.PERCENT),
        Column(text("Rating", language), Kind.NUMBER),
    ]
    rows = [
        (
            one.line.held_on,
            render(kind_name(one.line.kind), language),
            one.line.planned_minutes,
            None if one.line.minutes_taken is None else round(one.line.minutes_taken, 1),
            one.line.decisions,
            one.line.actions,
            one.line.worked,
            one.kept.due,
            one.kept.on_time,
            one.kept.share,
            one.line.rating,
        )
        for one in data.minutes.closed()
    ]
    return columns, rows


def _decisions(said: Said) -> Made:
    language, known = said.language, {one.key: one for one in data.kpis.definitions()}
    columns = [
        Column(text("Number", language), Kind.COUNT),
        Column(text("Decided on", language), Kind.DATE),
        Column(text("Meeting", language)),
        Column(text("Decision", language)),
        Column(text("Blocker", language)),
        Column(text("Responsible", language)),
        Column(text("Due date", language), Kind.DATE),
        Column(text("Done on", language), Kind.DATE),
        Column(text("State", language)),
        Column(text("KPI", language)),
    ]
    rows = [
        (
            one.decision_id,
            one.at.held_on,
            render(kind_name(one.at.kind), language),
            one.text,
            one.blocker,
            one.owner,
            one.due_on,
            one.done_on,
            standing_word(one.standing, language) if one.standing else None,
            kpi_name(one.kpi, known, language),
        )
        for one in data.minutes.decisions()
    ]
    return columns, rows


def _gauge(said: Said) -> Made:
    language = said.language
    columns = [
        Column(text("Meeting", language), Kind.DATE),
        Column(text("Rating", language), Kind.NUMBER),
        Column(text("Commitments due", language), Kind.COUNT),
        Column(text("Kept on time", language), Kind.COUNT),
        Column(text("Decisions", language), Kind.COUNT),
        Column(text("New favourable signals", language), Kind.COUNT),
    ]
    rows = [
        (one.held_on, one.rating, one.due, one.on_time, one.decisions, one.signals)
        for one in reversed(data.improve.gauge().meetings)
    ]
    return columns, rows


TABLES: Mapping[str, Table] = {
    "meetings": Table(
        Capability.SEE_REVIEWS, lambda said: text("Closed meetings", said.language), _meetings
    ),
    "decisions": Table(
        Capability.SEE_REVIEWS, lambda said: text("Decisions", said.language), _decisions
    ),
    "gauge": Table(
        Capability.SEE_FIGURES,
        lambda said: text("Satisfaction and effect", said.language),
        _gauge,
    ),
}
