"""Pages opened the way a browser opens them: through the script that the server runs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard import session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.jobs.current import close_desk
from dashboard.navigation import Place
from pipelines import workspace
from pipelines.context import Context, open_context
from pipelines.settings import Locale, Settings

SCRIPT = Path(dashboard.__file__).with_name("app.py")


_installed_components = cache(manifest_scanner.scan_component_manifests)

OWNER = Visitor("Louise Gagnon", Role.OWNER)


@contextmanager
def showing(context: Context, visitor: Visitor | None = OWNER) -> Iterator[Context]:
    """Let pages show a company to somebody (by default its owner), and forget it afterwards."""
    session.use(context, lambda: visitor)
    try:
        yield context
    finally:
        session.leave()


@contextmanager
def empty_company(
    folder: Path, today: date = date(2026, 11, 16), locale: Locale = Locale.EN
) -> Iterator[Context]:
    """Show a company that has just begun: nothing imported, nothing chosen, no job at work."""
    close_desk()  # others' pages may have made one for their jobs
    made = workspace.create(folder / "empty", Settings(company="Atelier Neuf", locale=locale))
    with open_context(made.root) as opened, showing(opened.on(today)) as context:
        yield context
        close_desk()


def open_page(place: Place = Place.WEEK, **address: str) -> AppTest:
    """Open a page; ``address`` is what stands behind the ``?``."""
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    if place is not Place.WEEK:
        page.switch_page(place.script)
    for name, value in address.items():
        page.query_params[name] = value
    # Streamlit's tests read the metadata of every installed package for each page: most of the time
    with patch.object(manifest_scanner, "scan_component_manifests", _installed_components):
        return page.run()


def given(page: AppTest, component: str) -> dict[str, Any]:
    """Return what one of our own components was given to show (AppTest does not draw it)."""
    (shown,) = all_given(page, component)
    return shown


def all_given(page: AppTest, component: str) -> list[dict[str, Any]]:
    """Return what each of our own components of a name was given to show."""
    found = (element for element in page.get("bidi_component") if _name(element) == component)
    return [json.loads(element.proto.json)[0] for element in found]


def texts(page: AppTest) -> str:
    """Return everything a page says outside our own components, one text a line."""
    elements = (*page.title, *page.subheader, *page.markdown, *page.caption, *page.info)
    return "\n".join(str(element.value) for element in elements)


def _name(element: Any) -> str:
    return str(element.proto.component_name).removeprefix("cap90_")
