"""The audit trail: who did what and when, what changed, and the way to restore a former value."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.access.entry import Entry
from dashboard.components import audit_words as words
from dashboard.components.audit_words import Around
from dashboard.components.messages import guarded, plain
from dashboard.text import Language, text, text_plural
from pipelines.journal import State

#: Stands for the product by itself among the names: nobody can be called nothing.
_ITSELF = ""
FIELDS = ("audit_actor", "audit_what", "audit_first", "audit_last", "audit_words")


def chain_state(count: int, broken: int | None, language: Language) -> None:
    """Say whether anybody tampered with the trail."""
    if broken is None:
        st.caption(
            text_plural(
                "The chain is unbroken: {count} entry.",
                "The chain is unbroken: {count} entries.",
                count,
                language,
            )
        )
        return
    st.error(
        text(
            "The chain is broken at entry {number}: somebody changed or removed what was written "
            "there, outside Cap 90. Compare with the last backup.",
            language,
            number=broken,
        )
    )


def filters(
    actors: Sequence[str], kinds: Sequence[str], language: Language, *, changed: Callable[[], None]
) -> None:
    """Let somebody look for entries; what they look for is in the session under ``FIELDS``."""
    things = sorted(kinds, key=lambda what: words.kind_of_change(what, language))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            text("By whom", language),
            [*actors, _ITSELF],
            index=None,
            format_func=lambda name: name or text("Cap 90, by itself", language),
            placeholder=text("Everybody", language),
            key="audit_actor",
            on_change=changed,
            width=200,
        )
        st.selectbox(
            text("What", language),
            things,
            index=None,
            format_func=lambda what: words.kind_of_change(what, language),
            placeholder=text("Everything", language),
            key="audit_what",
            on_change=changed,
            width=240,
        )
        for key, label in (
            ("audit_first", text("From", language)),
            ("audit_last", text("Up to and including", language)),
        ):
            st.date_input(
                label,
                value=None,
                min_value=date(2000, 1, 1),
                format=shown.date_field(language),
                key=key,
                on_change=changed,
                width=150,
            )
        st.text_input(
            text("Words", language),
            key="audit_words",
            placeholder=text("A name, a title, a number", language),
            on_change=changed,
            width=220,
        )


def entry_list(
    entries: Sequence[Entry],
    around: Around,
    *,
    can_restore: Callable[[Entry], bool],
    only: Callable[[Entry], None],
    restore: Callable[[Entry], None],
) -> None:
    """Show entries, newest first.

    Args:
        can_restore: Whether what stood there before an entry can be restored.
        only: Called to look for everything that was done to a thing.
        restore: Called to restore what stood there before an entry.
    """
    if not entries:
        st.caption(text("There is no such entry.", around.language))
    for entry in entries:
        with st.container(key=f"entry_{entry.number}", gap=None):
            when = f"{words.when(entry, around)} · {words.who(entry, around)}"
            st.caption(plain(when))
            st.markdown(plain(words.sentence(entry, around)))
            if change := words.change_sentence(entry, around):
                st.caption(plain(change))
            with st.container(horizontal=True, gap="small"):
                st.button(
                    text("Everything about it", around.language),
                    key=f"only_{entry.number}",
                    type="tertiary",
                    on_click=only,
                    args=(entry,),
                )
                if can_restore(entry):
                    st.button(
                        text("Restore the former value", around.language),
                        key=f"restore_{entry.number}",
                        type="tertiary",
                        on_click=restore,
                        args=(entry,),
                    )


def one_thing(entry_subject: str, language: Language, *, leave: Callable[[], None]) -> None:
    """Say that only one thing is listed, and lead back to all of them."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(text("Only what was done to one thing is listed.", language))
        st.button(
            text("List everything", language),
            key=f"all_{entry_subject}",
            type="tertiary",
            on_click=leave,
        )


def pages(
    language: Language,
    *,
    newer: Callable[[], None] | None,
    older: Callable[[], None] | None,
) -> None:
    """Show the way to the entries before and after these; None where there are none."""
    if newer is None and older is None:
        return
    with st.container(horizontal=True, gap="small"):
        st.button(
            text("Newer", language), key="audit_newer", on_click=newer, disabled=newer is None
        )
        st.button(
            text("Older", language), key="audit_older", on_click=older, disabled=older is None
        )


def restore_dialog(
    entry: Entry,
    now: State,
    then: State,
    around: Around,
    *,
    restore: Callable[[str], None],
    close: Callable[[], None],
) -> None:
    """Ask for the reason, and restore what stood there before an entry.

    Args:
        now: What it would change, as it is at this moment.
        then: The same fields as they would be.
        restore: Called with the reason; may refuse, which the dialog shows.
        close: Called when it is done, or somebody thought better of it.
    """
    language = around.language

    @st.dialog(text("Restore the former value", language), width="medium", on_dismiss=close)
    def dialog() -> None:
        st.markdown(f"**{plain(words.sentence(entry, around))}**")
        colon = ": " if language == "en" else "\N{NO-BREAK SPACE}: "
        for label, is_now, will_be in words.compared(entry, now, then, around):
            st.markdown(plain(f"{label}{colon}{is_now} → {will_be}"))
        st.caption(
            text("Nothing is taken out of the history: this is a change like any other.", language)
        )
        with st.form("restore", border=False):
            reason = st.text_input(text("Reason", language), key="restore_reason")
            sure = st.form_submit_button(text("Restore the former value", language), type="primary")
        if sure:
            with guarded(language):
                restore(reason)
                close()
                st.rerun()

    dialog()
