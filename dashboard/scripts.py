"""The scripts of our components as one file, which the browser fetches early, once, and keeps.

Streamlit would send a component's script along whenever it shows the component, and the browser
would make a file of it before it runs. It is given the same few lines for all of them instead, which
ask for the one file. That file is joined from the modules in ``components/``: as many files as there
are modules would cost more than they carry.
"""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

#: Stands in the lines that fetch the file for where it is.
_PLACE = "ADDRESS"
#: The address changes with what is there.
_KEPT = "private, max-age=31536000, immutable"
_LOADER = "load.js"

#: All that modules may say about each other; each on a line of its own.
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_DEFAULT = re.compile(r"^export default function \(", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)

#: What a module exports by default; no module calls anything else so.
_SHOW = "$show"
#: A module runs when it is asked for the first time, and sees nothing of the others by itself.
_FRAME = """\
const modules = {{{modules}}};
const ran = {{}};
const from = (name) => (ran[name] ??= modules[name]());
export default (component) => from(component.name.replace("cap90_", "")).{show}(component);
"""


def loader() -> str:
    """Return what Streamlit is given as the script of a component called ``cap90_<module>``."""
    return _read()[_LOADER].replace(_PLACE, address())


@cache
def address() -> str:
    """Return where the file is."""
    return f"/scripts/{sha256(_joined().encode()).hexdigest()[:16]}.js"


@cache
def _joined() -> str:
    modules = (
        f"\n{name.removesuffix('.js')}() {{\n{in_a_function(code)}}},"
        for name, code in sorted(_read().items())
        if name != _LOADER
    )
    return _FRAME.format(modules="".join(modules), show=_SHOW)


def in_a_function(code: str) -> str:
    """Return a module as the inside of a function that returns what the module exports."""
    names = [found[2] for found in _EXPORT.finditer(code)]
    if _DEFAULT.search(code):
        names.append(_SHOW)
    inside = _EXPORT.sub(r"\1", _IMPORT.sub(r'const \1 = from("\2");', code))
    inside = _DEFAULT.sub(f"function {_SHOW}(", inside)
    return f"{inside}return {{ {', '.join(names)} }};\n"


@cache
def _read() -> Mapping[str, str]:
    """Return every script, by the name of its file."""
    folder = files("dashboard").joinpath("components")
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".js")
    }


async def _answer(request: Request) -> Response:
    """Answer with the file; one of another version is none of ours."""
    if request.url.path != address():
        return PlainTextResponse(HTTPStatus.NOT_FOUND.phrase, HTTPStatus.NOT_FOUND)
    return Response(_joined(), media_type="text/javascript", headers={"Cache-Control": _KEPT})


ROUTE = Route("/scripts/{name}", _answer, methods=["GET"])
