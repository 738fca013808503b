"""Minutes and preparations: which there are, one of them to read, and who has got it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.decision_page import decision_address
from dashboard.components.excerpt import excerpt, says, says_all
from dashboard.components.messages import plain
from dashboard.components.shelf import shelf
from dashboard.navigation import Place, address
from dashboard.report.minutes_timing import duration
from dashboard.report.sheet import Sheet, sheet_data
from dashboard.rhythm.meeting.archive import Found, Said
from dashboard.rhythm.meeting.letters import Letter, Post, Sent, Way
from dashboard.rhythm.meeting.shelf import Closed
from dashboard.rhythm.series import kind_name
from dashboard.scripts import loader
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.errors import msg
from pipelines.kpis.definition import Unit

_MINUTE = 60
_sheet = st.components.v2.component(
    "cap90_sheet",
    html='<div class="sheet"></div>',
    css=asset("sheet.css") + asset("drawing.css"),
    js=loader(),
)
_SAID = {
    Said.DECISION: msg("Decision"),
    Said.ACTION: msg("Action"),
    Said.BLOCKER: msg("Blocker"),
    Said.POINT: msg("Point"),
    Said.MINUTES: msg("Notes"),
    Said.WIN: msg("Win"),
    Said.PRACTICE: msg("Good practice"),
}
#: What was decided comes first.
_ORDER = {kind: place for place, kind in enumerate(_SAID)}
#: Notes may be pages long; their beginning tells what they are.
_MORE_SHOWN = 240


def sheet_section(
    sheet: Sheet,
    key: str,
    *,
    links: Sequence[tuple[str, str, str]] = (),
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Show a sheet, without its title.

    Args:
        key: Unique on the page.
        links: Name, address and a longer name of each file to take away.
        addresses: Where what a cell is about can be read, by its subject.
    """
    data: dict[str, Any] = sheet_data(sheet)
    data["addresses"] = dict(addresses)
    data["links"] = [{"name": name, "href": href, "help": more} for name, href, more in links]
    _sheet(key=key, data=given(data))


def preread_section(sheet: Sheet, language: Language, *, pdf: str) -> None:
    """Show what to read before a meeting, with the way to its PDF.

    Args:
        pdf: Where that is.
    """
    st.subheader(plain(sheet.title), anchor=False)
    more = text("Take the preparation away as a PDF", language)
    sheet_section(sheet, "preread", links=[(text("Preparation (PDF)", language), pdf, more)])


def minutes_list(
    closed: Sequence[Closed], language: Language, *, show: Callable[[int | None], None]
) -> None:
    """Show the closed meetings, newest first.

    Args:
        show: Called with the meeting somebody opens, before the page is drawn again.
    """
    meetings = [
        {
            "id": one.line.meeting_id,
            "name": shown.full_day(one.line.held_on, language),
            "href": address(Place.MINUTES, language, meeting=str(one.line.meeting_id)),
            "facts": list(_facts(one, language)),
            "lines": [],
        }
        for one in closed
    ]
    shelf("closed_meetings", text("Closed meetings", language), meetings, show)


def found_list(
    found: Sequence[Found],
    words: str,
    language: Language,
    *,
    show: Callable[[int | None], None],
) -> None:
    """Show what was said about something, by meeting, newest first; see ``minutes_list``.

    Args:
        words: What was looked for; it is marked where it stands.
    """
    if not found:
        st.info(plain(text("Nothing was said about it in a closed meeting.", language)))
        return
    groups: dict[tuple[int | None, Any], list[Found]] = {}
    for one in found:
        groups.setdefault((one.meeting_id, one.said_on), []).append(one)
    meetings = [
        {
            "id": meeting_id,
            "name": shown.full_day(day, language),
            "href": address(Place.MINUTES, language, meeting=str(meeting_id))
            if meeting_id is not None
            else None,
            "facts": [],
            "lines": [
                {
                    "kind": render(_SAID[one.kind], language),
                    "text": excerpt(one.title or one.text, words, _MORE_SHOWN),
                    "more": excerpt(one.text, words, _MORE_SHOWN) if one.title else [],
                    "about": excerpt(_about(one, words, language), words),
                    "href": decision_address(one.decision, language) if one.decision else None,
                }
                for one in sorted(said, key=lambda one: _ORDER[one.kind])
            ],
        }
        for (meeting_id, day), said in groups.items()
    ]
    shelf("found", text("What was said", language), meetings, show)


def search_field(words: str, language: Language, *, search: Callable[[str], None]) -> None:
    """Ask what was decided about something."""
    st.session_state["minutes_search"] = words
    st.text_input(
        text("What did we decide about…?", language),
        key="minutes_search",
        on_change=lambda: search(st.session_state["minutes_search"]),
        placeholder=text("quote, price, Lemieux…", language),
        max_chars=200,
        width=420,
    )


def letters_section(
    sent: Sent,
    post: Post,
    timezone: str,
    language: Language,
    *,
    send: Callable[[bool], None],
) -> None:
    """Say who has got something by e-mail, and offer to send it.

    Args:
        send: Called with whether everybody gets it, also those who have it already.
    """
    st.subheader(text("By e-mail", language), anchor=False)
    by_server = [one for one in sent.letters if one.way is Way.SERVER]
    in_files = [one for one in sent.letters if one.way is Way.FILE]
    lines = [
        _sent_to(by_server, timezone, language),
        _filed(in_files, language, has_server=sent.has_server),
        text("No address is known for {names}.", language, names=listed(sent.unreachable, language))
        if sent.unreachable
        else "",
    ]
    for line in lines:
        if line:
            st.caption(plain(line))
    for trouble in dict.fromkeys(render(why, language) for one in in_files for why in one.trouble):
        st.warning(plain(trouble))
    if not sent.letters:
        label = (
            text("Send the preparation", language)
            if post is Post.PREREAD
            else text("Send the minutes", language)
        )
        st.button(label, key=f"send_{post}", on_click=send, args=(False,))
    elif in_files and sent.has_server:
        st.button(text("Try again", language), key=f"retry_{post}", on_click=send, args=(False,))
    else:
        st.button(
            text("Send it to everybody again", language),
            key=f"again_{post}",
            on_click=send,
            args=(True,),
        )


def sending(language: Language) -> None:
    """Say that letters are on their way."""
    st.caption(text("The letters are on their way…", language))


def _about(one: Found, words: str, language: Language) -> str:
    """Return why something was found whose own words do not say it."""
    if says_all([one.title, one.text], words):
        return ""
    names = [name for name in one.also if says(name, words)]
    if one.kpi is not None:
        here = render(one.kpi, language)
        others = (one.kpi.en, one.kpi.fr, one.kpi.fr_CA)
        elsewhere = next((name for name in others if says_all([name], words)), here)
        name = here if says_all([here], words) else f"{here} ({elsewhere})"
        names.append(text("KPI: {name}", language, name=name))
    return " · ".join(names)


def _facts(one: Closed, language: Language) -> Iterable[dict[str, str]]:
    line = one.line
    kind = render(kind_name(line.kind), language)
    of = f"{kind} · {render(one.reviewed, language)}" if one.reviewed else kind
    yield {"name": "kind", "text": of, "tone": ""}
    seconds = round((line.minutes_taken or 0) * _MINUTE)
    tone = "" if line.in_time else "work"
    yield {"name": "took", "text": duration(seconds, language), "tone": tone}
    if line.numbers_meeting:
        yield {"name": "brought", "text": text("numbers meeting", language), "tone": "work"}
    else:
        decided = text_plural("{count} decision", "{count} decisions", line.decisions, language)
        yield {"name": "brought", "text": decided, "tone": ""}
    if one.kept.share is not None:
        share = shown.value(round(one.kept.share, 2), Unit.PERCENT, language)
        yield {
            "name": "kept",
            "text": text("commitments kept: {share}", language, share=share),
            "tone": "" if one.kept.reaches_goal else "work",
        }
    if line.rating is not None:
        rated = text("rating {rating}", language, rating=shown.rating(line.rating, language))
        yield {"name": "rating", "text": rated, "tone": ""}


def _sent_to(letters: Sequence[Letter], timezone: str, language: Language) -> str:
    if not letters:
        return ""
    last = max(one.sent_at for one in letters)
    return text(
        "Sent to {names} ({when}).",
        language,
        names=listed([one.name for one in letters], language),
        when=shown.moment(last, timezone, language),
    )


def _filed(letters: Sequence[Letter], language: Language, *, has_server: bool) -> str:
    if not letters:
        return ""
    names = listed([one.name for one in letters], language)
    if has_server:
        return text(
            "Not sent yet to {names}: the letters wait in the outbox folder.",
            language,
            names=names,
        )
    return text(
        "Without a mail server, the letters to {names} lie in the outbox folder.",
        language,
        names=names,
    )
