"""What every page says while something is wrong with the disk."""

from datetime import datetime

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.text import Language, text
from pipelines.store import State


def state_banner(state: State, language: Language) -> None:
    """Say on every page when nothing can be saved; nothing while all is well."""
    if state == "read_only":
        st.warning(
            text(
                "The disk is full or failing: reading works, nothing can be saved. "
                "As soon as there is room again, Cap 90 goes on by itself.",
                language,
            )
        )
    elif state == "reopening":
        st.warning(text("The database is being opened again; wait a moment.", language))


def restored_banner(
    at: datetime,
    by: str,
    created: datetime,
    kept: str | None,
    *,
    timezone: str,
    language: Language,
) -> None:
    """Say that a backup was put back a moment ago.

    Args:
        at: In UTC, as is ``created``, the moment of the backup.
        kept: The folder, among the backups, with what was there before.
    """
    said = text(
        "Restored by {name} ({at}): everything is as it was in the backup of {created}.",
        language,
        name=by,
        at=shown.moment(at, timezone, language),
        created=shown.moment(created, timezone, language),
    )
    if kept:
        said += " " + text(
            "What was there before is kept in {folder}.", language, folder=f"backups/{kept}"
        )
    st.success(plain(said))
