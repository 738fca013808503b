"""What somebody looks at in the pipeline review; it lives in the address, and is checked."""

from collections.abc import Collection
from datetime import date

import streamlit as st

from dashboard import session
from pipelines.funnel.model import Change


def pipeline_asked(
    people: Collection[str],
) -> tuple[date | None, str | None, Change | None]:
    """Return what the address asks of the pipeline review: since when, of whom, and what changed.

    Args:
        people: Whose deals may be asked for alone.
    """
    wanted = st.query_params.get("since")
    try:
        since = date.fromisoformat(wanted) if wanted else None
    except ValueError:
        since = None
    if since is not None and since >= session.current().today():
        since = None
    person = st.query_params.get("person")
    asked = st.query_params.get("change")
    change = next((one for one in Change if one.value == asked), None)
    return since, person if person in people else None, change


def show_since(day: date) -> None:
    """Put the day into the address that the pipeline is compared with."""
    st.query_params["since"] = day.isoformat()


def show_pipeline_of(person: str | None) -> None:
    """Put into the address whose deals are reviewed; None: everybody's."""
    _put("person", person)


def show_change(change: Change | None) -> None:
    """Put into the address what changed in the deals that are shown; None: no deals are."""
    _put("change", change.value if change else None)


def _put(name: str, value: str | None) -> None:
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
