"""Let the browser fetch what the Monday page needs while it is still busy with the frame.

Streamlit asks for the code of a component only when the component arrives, one step after the
other. The names are in its static files; a ``Link`` header on the page mentions them early.
"""

import re
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: What the Monday page is made of, beside what every page of Streamlit's is.
_NEEDED = ("BidiComponent",)
_IMPORT = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")
_STATIC = Path(streamlit.__file__).parent / "static"


class Preload:
    """ASGI middleware that adds the header to every HTML page."""

    def __init__(self, app: ASGIApp, also: Iterable[str] = ()) -> None:
        """Put it in front of an application.

        Args:
            also: Addresses of modules of ours.
        """
        self._app = app
        addresses = (*(f"/static/js/{name}" for name in modules()), *also)
        self._link = ", ".join(f"<{address}>; rel=modulepreload" for address in addresses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; responses that are pages get the header."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
                headers = MutableHeaders(scope=message)
                page = headers.get("content-type", "").startswith("text/html")
                # one with a policy of its own is none of Streamlit's, and loads no scripts
                if page and "content-security-policy" not in headers and self._link:
                    headers["link"] = self._link
            await send(message)

        await self._app(scope, receive, send_with_link)


@cache
def modules() -> tuple[str, ...]:
    """Return the files that Streamlit's own page does not mention; none if they have moved."""
    folder = _STATIC / "static" / "js"
    index = _STATIC / "index.html"
    if not index.is_file():
        return ()
    page = index.read_text(encoding="utf-8")
    wanted = [path for name in _NEEDED for path in sorted(folder.glob(f"{name}.*.js"))]
    return tuple(name for name in _with_imports(wanted) if name not in page)


def _with_imports(paths: Iterable[Path]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        # the frame's own code, which every page has
        if path.name in found or path.name.startswith("index.") or not path.is_file():
            continue
        found[path.name] = None
        code = path.read_text(encoding="utf-8")
        waiting += [path.with_name(name) for name in _IMPORT.findall(code)]
    return list(found)
