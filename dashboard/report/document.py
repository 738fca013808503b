"""A review as plain data for the templates: every text in words, every number written. Pure.

The templates lay out what they are given; they know no language and no number format.
"""

from datetime import date
from typing import Any, Literal

from dashboard import format as fmt
from dashboard.report.charts import chart, of_row, sparkline
from dashboard.report.printable import one_line, printable, shortened
from dashboard.rhythm.review import ActionLine, FileLine, Review, Row
from dashboard.rhythm.words import entity_name, summary, verdict_label, verdict_sentence
from dashboard.text import Language, render, text, text_plural
from dashboard.theme import tone
from pipelines.kpis.definition import Unit
from pipelines.periods import Calendar
from pipelines.settings import Logo
from pipelines.sources import SOURCES

Paper = Literal["a4", "us-letter"]

#: What a company's name may take up at the head of every page.
_RUNNING_HEAD = 60
#: Heights of charts, in points: six fill two pages, and so do seven lower ones.
_HIGH_CHARTS = 6
_CHART_HEIGHTS: dict[Paper, tuple[float, float]] = {"a4": (136, 92), "us-letter": (122, 84)}


def weekly_document(
    review: Review, language: Language, calendar: Calendar, paper: Paper
) -> dict[str, Any]:
    """Return everything the weekly report says.

    Returns:
        JSON values only; strings hold no control characters, and long words may break.
    """
    week = fmt.period_name(review.period, calendar, language)
    heading = text(
        "{week} · {dates}",
        language,
        week=text("Week {number}", language, number=str(calendar.number(review.period)[1])),
        dates=fmt.period_dates(review.period, language),
    )
    document = {
        "paper": paper,
        "language": language.partition("_")[0],
        "region": language.partition("_")[2] or None,
        "company": review.company,
        "short_company": shortened(one_line(review.company), _RUNNING_HEAD),
        "heading": heading,
        "title": text("{week} · {company}", language, week=heading, company=review.company),
        "logo": None,
        "kicker": text("Weekly review", language),
        "made": text("Cap 90 · made on {day}", language, day=fmt.day(review.today, language)),
        "summary": render(summary(review), language),
        "note": _note(review, language),
        "steps": _steps(review, language),
        "scoreboard": _scoreboard(review, week, language),
        "actions": _actions(review, language),
        "files": _files(review, language),
        "details": _details(review, calendar, language, paper),
    }
    return {key: printable(value) for key, value in document.items()}


def drawn_logo(logo: Logo, company: str, language: Language) -> dict[str, Any]:
    """Return a logo with what it says to those who cannot see it.

    Templates know no base64: an SVG goes in as its text, a PNG as the numbers of its bytes.
    """
    is_text = logo.kind == "svg"
    return {
        "kind": logo.kind,
        "data": logo.content.decode("utf-8") if is_text else list(logo.content),
        "alt": printable(text("Logo of {company}", language, company=company)),
    }


def _note(review: Review, language: Language) -> str:
    """Return what the reader should know before reading on."""
    if review.files and not review.rows:
        return text("None of the KPIs can be computed from the imported files.", language)
    if review.rows and review.proposed:
        return text(
            "These KPIs are a proposal: choose the five to seven that you will follow.", language
        )
    return ""


def _steps(review: Review, language: Language) -> dict[str, Any]:
    """Return what to do while there is nothing to show."""
    steps = [
        text("Export deals, activities or invoices from your CRM, as CSV or Excel.", language),
        text("Import the files on the Data page.", language),
        text("Choose five to seven KPIs, activity and results, with a target each.", language),
    ]
    return {
        "heading": text("First steps", language),
        "lines": [] if review.rows else steps,
    }


def _scoreboard(review: Review, week: str, language: Language) -> dict[str, Any]:
    return {
        "heading": text("Scoreboard", language),
        "columns": [
            text("KPI", language),
            text("Thirteen weeks", language),
            text("Actual {period}", language, period=week),
            text("Target", language),
            text("Gap", language),
            *([text("Responsible", language)] if review.names_responsible else ()),
        ],
        "rows": [_score(row, language) for row in review.rows],
    }


def _score(row: Row, language: Language) -> dict[str, Any]:
    return {
        "name": render(row.definition.name, language),
        "verdict": render(verdict_label(row), language),
        "tone": _tone(row),
        "sentence": render(verdict_sentence(row), language),
        "trend": sparkline(of_row(row), language),
        **_figures(row, language, compact=True),
        "responsible": row.responsible or "",
    }


def _figures(row: Row, language: Language, *, compact: bool) -> dict[str, str]:
    """Return a row's numbers: on the first page short, beside the chart in full."""
    unit, latest, currency = row.definition.unit, row.latest, row.currency
    if latest is None:
        return {"value": fmt.NOTHING, "parts": "", "target": fmt.NOTHING, "gap": fmt.NOTHING}
    figures = fmt.figures(
        latest.point.value,
        latest.aim,
        latest.gap,
        unit,
        language,
        currency=currency,
        compact=compact,
    )
    return {
        "value": figures.number,
        "parts": fmt.rate_parts(latest.point, row.definition, language, currency=currency),
        "target": figures.target,
        "gap": figures.gap,
    }


def _tone(row: Row) -> str:
    return tone(row.latest.verdict) if row.latest else "quiet"


def _actions(review: Review, language: Language) -> dict[str, Any]:
    groups = [
        (text("Late", language), "alert", review.late),
        (text("Due this week", language), "plain", review.due),
        (text("Done", language), "quiet", review.done),
    ]
    return {
        "heading": text("Actions", language),
        "columns": [
            text("Action", language),
            text("Responsible", language),
            text("Due date", language),
        ],
        "groups": [
            {
                "name": name,
                "count": str(len(lines)),
                "tone": tone,
                "lines": [_action(line, review, language) for line in lines],
            }
            for name, tone, lines in groups
            if lines
        ],
        "nothing": text("No action is late, due or newly done.", language)
        if review.speaks_of_actions
        else "",
    }


def _action(line: ActionLine, review: Review, language: Language) -> dict[str, Any]:
    late_by = (review.seen_from - line.due_on).days
    remark = ""
    if line.done_on:
        remark = text("done {day}", language, day=fmt.short_day(line.done_on, language))
    elif line.late and late_by > 0:
        remark = text_plural("{count} day late", "{count} days late", late_by, language)
    return {
        "title": line.title,
        "kpi": render(line.kpi.name, language) if line.kpi else "",
        "owner": line.owner,
        "due": fmt.short_day(line.due_on, language),
        "remark": remark,
        "done": line.done_on is not None,
    }


def _files(review: Review, language: Language) -> dict[str, Any]:
    return {
        "heading": text("How fresh the data is", language),
        "columns": [
            text("File", language),
            text("Content", language),
            text("Imported on", language),
            text("Data up to", language),
            text("Rows", language),
        ],
        "lines": [_file(line, review.today, language) for line in review.files],
    }


def _file(line: FileLine, today: date, language: Language) -> dict[str, str]:
    rows = fmt.value(line.rows_read, Unit.COUNT, language)
    rejected = (
        text_plural("{count} set aside", "{count} set aside", line.rejected, language)
        if line.rejected
        else ""
    )
    return {
        "file": line.file_name,
        "content": _content(line, language),
        "imported": _short(line.as_of, today, language),
        "until": _short(line.newest_event, today, language) if line.newest_event else fmt.NOTHING,
        "rows": rows,
        "rejected": rejected,
    }


def _short(when: date, today: date, language: Language) -> str:
    """Return a day as briefly as it is clear: the columns are narrow."""
    if when.year == today.year:
        return fmt.short_day(when, language)
    return fmt.dated(when, language)


def _content(line: FileLine, language: Language) -> str:
    entity = render(entity_name(line.entity), language)
    # a file from nowhere in particular says more about itself by its name
    known = SOURCES.get(line.source) if line.source != "generic" else None
    return f"{known.title} · {entity}" if known else entity


def _details(
    review: Review, calendar: Calendar, language: Language, paper: Paper
) -> dict[str, Any]:
    shown = [row for row in review.rows if row.latest is not None]
    height = _CHART_HEIGHTS[paper][len(shown) > _HIGH_CHARTS]
    return {
        "heading": text("KPI by KPI", language),
        "legend": text(
            "Band: natural limits · thin line: average · blue line: target · "
            "diamond: a signal · open circle: not judged",
            language,
        ),
        "rows": [_detail(row, calendar, language, height) for row in shown],
    }


def _detail(row: Row, calendar: Calendar, language: Language, height: float) -> dict[str, Any]:
    figures = _figures(row, language, compact=False)
    remarks = [
        text("Responsible: {name}.", language, name=row.responsible) if row.responsible else "",
        render(row.definition.formula, language),
        _caption(row, language),
    ]
    return {
        "name": render(row.definition.name, language),
        "verdict": render(verdict_label(row), language),
        "tone": _tone(row),
        "sentence": render(verdict_sentence(row), language),
        "value": figures["value"],
        "parts": figures["parts"],
        "aim": text("target {target} · gap {gap}", language, **figures)
        if row.latest and row.latest.aim
        else "",
        "chart": chart(of_row(row), calendar, language, height=height),
        "remarks": " ".join(remark for remark in remarks if remark),
    }


def _caption(row: Row, language: Language) -> str:
    if row.limits is None:
        return text("No natural limits yet: they take six finished weeks.", language)
    if row.limits.locked_on:
        return text(
            "Natural limits locked on {day}.", language, day=fmt.day(row.limits.locked_on, language)
        )
    if row.limits.provisional:
        return text("Natural limits provisional: fewer than twelve weeks.", language)
    return ""
