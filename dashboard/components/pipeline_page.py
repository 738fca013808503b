"""The pipeline review: two days to compare, and what moved between them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from dashboard import format as shown
from dashboard.components.long_table import long_table
from dashboard.components.messages import plain
from dashboard.components.table import Column
from dashboard.rhythm import pipeline_words as words
from dashboard.text import Language, render, text
from dashboard.theme import DARK, LIGHT
from dashboard.waterfall import Step, marks, waterfall
from pipelines.funnel.model import Bar, Bridge, Change, MovedDeal, PipelineReview

#: Changes that are good news; of the others that move an amount, all but one are bad news.
_GOOD = {Change.CREATED, Change.REOPENED, Change.GROWN, Change.WON}


def pipeline_heading(
    since: date,
    days: Sequence[tuple[date, bool]],
    person: str | None,
    people: Sequence[str],
    language: Language,
    *,
    show_since: Callable[[date], None],
    show_person: Callable[[str | None], None],
) -> None:
    """Show which days are compared, and whose deals.

    Args:
        days: To look back to, newest first, and whether an export tells how things stood then.
        people: Whose deals may be looked at alone; none: there is no choice.
    """
    told = dict([*days, *([] if since in dict(days) else [(since, False)])])
    offered = sorted(told, reverse=True)

    def name(day: date) -> str:
        written = shown.dated(day, language)
        return text("{day} (export)", language, day=written) if told[day] else written

    with st.container(horizontal=True, gap="medium"):
        st.session_state["pipeline_since"] = since
        st.selectbox(
            text("Compared with", language),
            offered,
            format_func=name,
            key="pipeline_since",
            on_change=lambda: show_since(st.session_state["pipeline_since"]),
            width=280,
        )
        if people:
            st.session_state["pipeline_person"] = person
            st.selectbox(
                text("Whose deals", language),
                people,
                index=None,
                placeholder=text("Everybody's", language),
                key="pipeline_person",
                on_change=lambda: show_person(st.session_state["pipeline_person"]),
                width=280,
            )


def said(review: PipelineReview, language: Language) -> None:
    """Say what became of the pipeline, and what is not known."""
    st.markdown(f"**{plain(words.summary(review, language))}**")
    if review.notes:
        st.caption(plain(" ".join(render(note, language) for note in review.notes)))


def bridge_chart(
    review: PipelineReview, language: Language, *, pick: Callable[[Change | None], None]
) -> None:
    """Draw what leads from one pipeline to the other.

    Args:
        pick: Called with the change whose bar somebody touches; None for one of the two ends.
    """
    bridge, currency = review.bridge, review.currency
    steps = _steps(bridge, currency, language)
    places: list[Change | None] = [None, *(bar.change for bar in bridge.bars), None]

    def picked() -> None:
        points = st.session_state["pipeline_bridge"]["selection"]["points"]
        if points:
            pick(places[round(points[0]["y"])])

    palette = DARK if st.context.theme.type == "dark" else LIGHT
    st.plotly_chart(
        waterfall(
            steps,
            palette,
            money=[words.amount(Decimal(mark), currency, language) for mark in marks(steps)],
        ),
        key="pipeline_bridge",
        on_select=picked,
        selection_mode="points",
        config={"displayModeBar": False, "scrollZoom": False},
        alt="; ".join(f"{step.name}, {step.told}" for step in steps),
    )


def change_choice(
    bars: Sequence[Bar],
    change: Change | None,
    language: Language,
    *,
    pick: Callable[[Change | None], None],
) -> Bar | None:
    """Let somebody choose the change whose deals are shown; return it."""
    by_change = {bar.change: bar for bar in bars}
    st.session_state["pipeline_change"] = change if change in by_change else None
    st.selectbox(
        text("Show the deals behind", language),
        list(by_change),
        index=None,
        format_func=lambda one: words.change_name(one, language),
        placeholder=text("Choose a change, or a bar of the chart", language),
        key="pipeline_change",
        on_change=lambda: pick(st.session_state["pipeline_change"]),
        width=420,
    )
    return by_change.get(change) if change else None


def moved_table(bar: Bar, currency: str, language: Language) -> None:
    """Show the deals behind a bar, with the line of the file each came from."""
    name = words.change_name(bar.change, language)
    long_table(
        "pipeline_moved",
        name,
        (
            Column(text("Deal", language)),
            Column(text("Person", language), "close"),
            Column(text("Before", language), "close"),
            Column(text("Now", language), "close"),
            Column(text("Amount", language), "number"),
            Column(text("Adds", language), "number"),
            Column(text("File and line", language), "close"),
        ),
        [_moved(one, bar.change, currency, language) for one in bar.listed],
        caption=words.counted(name, bar.deals, len(bar.listed), language),
        language=language,
    )


def _steps(bridge: Bridge, currency: str, language: Language) -> list[Step]:
    steps = []
    so_far = bridge.opening.amount
    for end in (bridge.opening, bridge.closing):
        name = shown.dated(end.day, language)
        written = words.amount(end.amount, currency, language)
        count = words.deals(end.deals, language)
        steps.append(
            Step(name, f"{written} ({end.deals})", f"{written} · {count}", None, float(end.amount))
        )
    between = []
    for bar in bridge.bars:
        so_far += bar.added
        between.append(
            Step(
                words.change_name(bar.change, language),
                words.short_bar(bar, currency, language),
                words.bar_words(bar, currency, language),
                float(bar.added),
                float(so_far),
                bar.change in _GOOD if bar.change is not Change.RESTATED else None,
            )
        )
    return [steps[0], *between, steps[1]]


def _moved(one: MovedDeal, change: Change, currency: str, language: Language) -> tuple[str, ...]:
    deal = one.deal
    dates = change in {Change.SLIPPED, Change.BROUGHT_FORWARD}
    amounts = change in {Change.GROWN, Change.SHRANK, Change.RESTATED}
    if dates:
        before, now = _day(one.was_close_on, language), _day(deal.expected_close_on, language)
    elif amounts:
        before = words.amount(one.was_amount, deal.currency, language)
        now = words.amount(deal.amount, deal.currency, language)
    else:
        before, now = one.was_stage or "", deal.stage or ""
    line = text("{file}, line {line}", language, file=deal.file, line=str(deal.line))
    return (
        deal.called,
        deal.owner or "",
        before if change is not Change.CREATED else "",
        now if change is not Change.VANISHED else "",
        words.amount(deal.amount, deal.currency, language),
        words.signed(one.added, currency, language) if one.added else "",
        line if deal.file else "",
    )


def _day(day: date | None, language: Language) -> str:
    return shown.dated(day, language) if day else ""
