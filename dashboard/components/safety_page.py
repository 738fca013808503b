"""The page of backups: what there is, what is wrong, and how to go back."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.components.table import Column, table
from dashboard.text import Language, render, text, text_plural
from pipelines.backup import KEPT_DAYS, Backup, Why
from pipelines.checking import Check
from pipelines.errors import Problem


def room(free: int, language: Language) -> None:
    """Say how much of the disk is left."""
    st.caption(text("Left on the disk: {size}", language, size=size(free, language)))


def warnings(damaged: Sequence[str], problems: Sequence[Problem], language: Language) -> None:
    """Say what keeps backups from being what they are for."""
    for problem in problems:
        st.error(plain(render(problem, language)))
    for name in damaged:
        st.warning(plain(text("{file} is damaged and cannot be restored.", language, file=name)))


def backup_table(backups: Sequence[Backup], timezone: str, language: Language) -> None:
    """Show the backups, the newest first."""
    if not backups:
        st.info(
            text(
                "There is no backup yet. One is made every day the application runs, and before "
                "every import; you can also make one now.",
                language,
            )
        )
        return
    moments = _moments(backups, timezone, language)
    table(
        "backups",
        text("Backups", language),
        [
            Column(text("Made on", language), "close"),
            Column(text("Why", language)),
            Column(text("Size", language), "number"),
            Column(text("Rows", language), "number"),
            Column(text("Imported files", language)),
            Column(text("Verified", language)),
        ],
        [_row(one, moments[one.path], language) for one in backups],
        caption=text(
            "Kept by themselves: the newest of each of the last days, weeks and months, as the "
            "company's settings say, and the fullest of a day in which data vanished. "
            "Those made by hand also hold the imported files; the others "
            "do not, since imported files are never changed.",
            language,
        ),
    )


def actions(language: Language, *, make: Callable[[], None], look: Callable[[], None]) -> None:
    """Show the two buttons; a click does it at once."""
    with st.container(horizontal=True):
        if st.button(text("Make a backup now", language), type="primary", key="backup_now"):
            with st.spinner(text("Copying and verifying…", language)):
                make()
            st.rerun()
        if st.button(text("Check now", language), key="check_now"):
            with st.spinner(text("Reading everything…", language)):
                look()
            st.rerun()


def checks(found: Sequence[Check], language: Language) -> None:
    """Say what came of a look at everything."""
    if not found:
        return
    wrong = sum(len(one.problems) for one in found)
    if wrong:
        st.error(
            text_plural(
                "{count} problem was found.", "{count} problems were found.", wrong, language
            )
        )
    else:
        st.success(text("Everything is as it should be.", language))
    lines = []
    for one in found:
        lines.append(f"- {plain(render(one.said, language))}")
        lines += [f"  - {plain(render(problem, language))}" for problem in one.problems]
    st.markdown("\n".join(lines))


def going_back(
    backups: Sequence[Backup],
    timezone: str,
    language: Language,
    *,
    link: Callable[[Backup], str],
    restore: Callable[[str], None],
) -> None:
    """Offer one backup to be taken away, or to be put in the place of everything."""
    if not backups:
        return
    st.subheader(text("Take away or restore", language), anchor=False)
    newest = max(backups, key=lambda one: one.manifest.number)
    st.markdown(f"[{text('Download the newest backup', language)}]({link(newest)})")
    by_name = {one.path.name: one for one in backups}
    moments = _moments(backups, timezone, language)
    titles = {
        one.path.name: " · ".join(
            (
                moments[one.path],
                _why(one.manifest.why, language),
                text_plural("{count} row", "{count} rows", one.manifest.row_count, language),
            )
        )
        for one in backups
    }
    name = st.selectbox(
        text("Backup", language),
        list(by_name),
        format_func=lambda known: titles.get(known, ""),
        index=None,
        placeholder=text("Choose a backup", language),
        key="backup_chosen",
        width=640,
    )
    if name is None:
        return
    st.markdown(f"[{text('Download this backup', language)}]({link(by_name[name])})")
    word = text("RESTORE", language)
    with st.form("restore", border=False, clear_on_submit=True):
        typed = st.text_input(
            text(
                "Everything is replaced by what this backup holds, and everybody has to log in "
                "again. What is there now is kept in the folder of backups for {days} days "
                "at least. Type {word} to go on",
                language,
                word=word,
                days=KEPT_DAYS,
            ),
            key="restore_word",
        )
        if st.form_submit_button(text("Restore", language)):
            if typed.strip() == word:
                with st.spinner(text("Verifying and restoring…", language)):
                    restore(name)
                st.rerun()
            st.warning(text("Nothing was restored: type {word}, in capitals.", language, word=word))


def replaced(states: Sequence[tuple[datetime, Path]], folder: str, language: Language) -> None:
    """Show what restores replaced, and how to bring it back.

    Args:
        states: When, in the company's time, and in which folder.
        folder: Of the workspace.
    """
    if not states:
        return
    table(
        "replaced",
        text("What restores replaced", language),
        [
            Column(text("Replaced on", language), "close"),
            Column(text("Folder", language)),
        ],
        [
            (
                f"{shown.dated(at.date(), language)}, {shown.time_of_day(at.time(), language)}",
                f"backups/{path.name}",
            )
            for at, path in states
        ],
        caption=text(
            "To bring one back: close Cap 90, copy what lies in its folder over the files of the "
            "same name in {folder}, and open Cap 90 again. It is kept for {days} days at least.",
            language,
            folder=folder,
            days=KEPT_DAYS,
        ),
    )


def size(count: int, language: Language) -> str:
    """Return a number of bytes as people say it."""
    megabytes = count / 1_000_000
    if megabytes >= 1000:  # noqa: PLR2004 - megabytes in a gigabyte
        return text("{number} GB", language, number=round(megabytes / 1000))
    return text("{number} MB", language, number=max(1, round(megabytes)))


def _row(one: Backup, made_at: str, language: Language) -> list[str]:
    manifest = one.manifest
    with_files = any(part.name.startswith("imports/") for part in manifest.parts)
    return [
        made_at,
        _why(manifest.why, language),
        size(one.size, language),
        shown.plain_number(manifest.row_count, language),
        text("yes", language) if with_files else text("no", language),
        # one that could not be verified was never kept
        text("when it was made", language),
    ]


def _moments(backups: Sequence[Backup], timezone: str, language: Language) -> dict[Path, str]:
    """Return when each was made, with the seconds where minutes do not tell them apart."""
    minutes = {one.path: shown.moment(one.manifest.created, timezone, language) for one in backups}
    together = Counter(minutes.values())
    return {
        one.path: shown.moment(
            one.manifest.created, timezone, language, seconds=together[minutes[one.path]] > 1
        )
        for one in backups
    }


def _why(why: Why, language: Language) -> str:
    words = {
        Why.DAY: text("every day", language),
        Why.IMPORT: text("before an import", language),
        Why.UPDATE: text("before an update of Cap 90", language),
        Why.HAND: text("by hand", language),
    }
    return words[why]
