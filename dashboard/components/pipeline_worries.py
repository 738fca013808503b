"""What stands still in the pipeline, how much hangs on a few deals, and who wins how much."""

from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.components.long_table import long_table
from dashboard.components.messages import plain
from dashboard.components.pipeline_work import work_cell
from dashboard.components.table import Cell, Column, table
from dashboard.rhythm import pipeline_words as words
from dashboard.rhythm.under_way import UnderWay
from dashboard.text import Language, render, text
from pipelines.funnel.conversion import Conversion, StageRates
from pipelines.funnel.model import (
    Concentration,
    Concern,
    OpenDeal,
    Worry,
)


def worry_section(
    concern: Concern,
    worry: Worry,
    currency: str,
    under_way: UnderWay,
    language: Language,
    *,
    heading: str,
) -> None:
    """Show the deals that one thing is wrong with: the largest, and the rest on demand."""
    st.subheader(heading, anchor=False)
    if worry.unavailable:
        reason = render(worry.unavailable, language)
        st.markdown(f"**{plain(text('Unavailable', language))}** — {plain(reason)}")
        return
    if not worry.deals:
        st.markdown(text("None.", language))
        return
    said = words.worry_words(worry, currency, language)
    if not worry.listed:
        st.markdown(plain(said))
        return
    shown_ones = len(worry.listed)
    columns = _columns(concern, language)
    rows: list[list[Cell]] = [[*_open(one, concern, language)] for one in worry.listed]
    work = [work_cell(under_way.about(one.deal), under_way.today, language) for one in worry.listed]
    if any(work):
        columns.append(Column(text("Under way", language)))
        for row, cell in zip(rows, work, strict=True):
            row.append(cell)
    long_table(
        f"pipeline_{concern.value}",
        heading,
        columns,
        rows,
        caption=said
        if shown_ones == worry.deals
        else words.counted(said, worry.deals, shown_ones, language),
        language=language,
    )


def concentration(found: Concentration, currency: str, language: Language) -> None:
    """Say how much hangs on a few deals and accounts."""
    st.subheader(text("Concentration", language), anchor=False)
    sentences = words.concentration_words(found, language)
    if not sentences:
        st.markdown(text("There is no open deal with an amount.", language))
        return
    st.markdown(plain(" ".join(sentences)))
    if found.largest_accounts:
        table(
            "pipeline_accounts",
            text("Concentration", language),
            (
                Column(text("Account", language)),
                Column(text("Open amount", language), "number"),
            ),
            [
                (name, words.amount(amount, currency, language))
                for name, amount in found.largest_accounts
            ],
            narrow=True,
        )


def conversion_section(found: Conversion, language: Language) -> None:
    """Show who wins how much from which stage, and whether that says anything."""
    st.subheader(text("Win rate by person", language), anchor=False)
    if found.unavailable:
        reason = render(found.unavailable, language)
        st.markdown(f"**{plain(text('Unavailable', language))}** — {plain(reason)}")
        return
    st.markdown(plain(words.conversion_words(found, language)))
    with st.expander(text("The rates, stage by stage", language)):
        st.caption(
            text(
                "Deals that were won or lost in the last year, by the stages that they reached. The"
                " range holds the true rate 19 times out of 20.",
                language,
            )
        )
        for number, stage in enumerate(found.stages):
            _rates(number, stage, language)


def _rates(number: int, stage: StageRates, language: Language) -> None:
    everybody = text("Everybody", language)
    table(
        f"pipeline_rates_{number}",
        words.stage_name(stage.stage, language),
        (
            Column(words.stage_name(stage.stage, language), "close"),
            Column(text("Win rate", language), "number"),
            Column(text("Range", language), "number"),
        ),
        [
            (
                one.who or everybody,
                words.rate_words(one, language),
                words.range_words(one, language),
            )
            for one in (stage.company, *stage.people)
        ],
        narrow=True,
    )


def _columns(concern: Concern, language: Language) -> list[Column]:
    middle = {
        Concern.STALLED: (
            Column(text("Days there", language), "number"),
            Column(text("Usual", language), "number"),
            Column(text("Last activity", language), "close"),
        ),
        Concern.PAST_CLOSE: (Column(text("Expected on", language), "close"),),
    }.get(concern, (Column(text("Last activity", language), "close"),))
    return [
        Column(text("Deal", language)),
        Column(text("Person", language), "close"),
        Column(text("Stage", language), "close"),
        *middle,
        Column(text("Amount", language), "number"),
    ]


def _open(one: OpenDeal, concern: Concern, language: Language) -> list[str]:
    deal = one.deal
    last = _day(one.last_activity_on, language)
    match concern:
        case Concern.STALLED:
            days = (str(one.pace.days), str(one.pace.usual_days)) if one.pace else ("", "")
            middle = [*days, last]
        case Concern.PAST_CLOSE:
            middle = [_day(deal.expected_close_on, language)]
        case _:
            middle = [last]
    return [
        deal.called,
        deal.owner or "",
        deal.stage or "",
        *middle,
        words.amount(deal.amount, deal.currency, language),
    ]


def _day(day: date | None, language: Language) -> str:
    return shown.dated(day, language) if day else ""
