"""The one table of every address there is, and who may use it. What is not in it does not exist.

Streamlit brings addresses of its own that nobody needs here (``/media``, ``/component``,
``/auth``, ``/_stcore/agent``, ``/_stcore/metrics``, ``/_stcore/script-health-check``): they are
left out, and so is everything that a later version adds, until somebody puts it in.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute, compile_path

from dashboard.access.rights import Capability
from dashboard.navigation import NEEDS, Place

#: The method of a web socket in the table.
WEBSOCKET = "WEBSOCKET"


class Who(Enum):
    """Who may use an address, where no capability says more."""

    EVERYBODY = "everybody"
    LOGGED_IN = "logged in"
    #: Programs on this computer, which show a token of their own; never a browser.
    THIS_COMPUTER = "this computer"


@dataclass(frozen=True)
class Rule:
    """An address, and who may use it.

    Attributes:
        path: As Starlette writes it: ``/download/{ticket}``.
        methods: Every other one is refused; GET brings HEAD.
        who: Everybody, everybody who is logged in, or whoever has a capability.
        navigates: People open it themselves: without a login they are led to the login page.
        renews: Using it shows that somebody is there, so that their session goes on.
        lasting: What is there never changes and carries no data; browsers may keep it.
    """

    path: str
    methods: frozenset[str]
    who: Who | Capability
    navigates: bool = False
    renews: bool = True
    lasting: bool = False


def _read(path: str, who: Who | Capability, **more: bool) -> Rule:
    return Rule(path, frozenset({"GET", "HEAD"}), who, **more)


def _form(path: str) -> Rule:
    return Rule(path, frozenset({"GET", "HEAD", "POST"}), Who.EVERYBODY, navigates=True)


def _place(place: Place) -> Rule:
    return _read(f"/{place.value}", NEEDS[place] or Who.LOGGED_IN, navigates=True)


RULES: tuple[Rule, ...] = (
    # before somebody is known
    _form("/login"),
    _form("/link/{token}"),  # set up, invitation, new password: whatever the link is for
    # a program that knows the address of somebody's calendar; dashboard/gate/feed.py asks who it is
    _read("/calendar/{token}.ics", Who.EVERYBODY, renews=False),
    _read("/login/style.css", Who.EVERYBODY, lasting=True),
    _read("/favicon.png", Who.EVERYBODY, lasting=True),
    _read("/favicon.ico", Who.EVERYBODY, lasting=True),
    _read("/_stcore/health", Who.EVERYBODY),
    # to somebody else who vouches for people, back from them, and out there too
    _read("/login/with/{provider}", Who.EVERYBODY, navigates=True, renews=False),
    _read("/login/back/{provider}", Who.EVERYBODY, navigates=True, renews=False),
    _read("/login/leave", Who.EVERYBODY, navigates=True, renews=False),
    # logging out twice is no mistake
    Rule("/logout", frozenset({"POST"}), Who.EVERYBODY, navigates=True),
    # the pages, which are one document that asks for the rest through its web socket
    _read("/", Who.LOGGED_IN, navigates=True),
    *map(_place, Place),
    _read("/download/{ticket}", Who.LOGGED_IN, navigates=True),
    # what a page fetches; tabs ask by themselves whether somebody is still logged in
    _read("/session", Who.LOGGED_IN, renews=False),
    _read("/_stcore/host-config", Who.LOGGED_IN, renews=False),
    Rule("/_stcore/stream", frozenset({WEBSOCKET}), Who.LOGGED_IN, renews=False),
    Rule(
        "/_stcore/upload_file/{session_id}/{file_id}",
        frozenset({"PUT", "DELETE"}),
        Capability.IMPORT,
    ),
    _read("/_stcore/bidi-components/{path:path}", Who.LOGGED_IN, renews=False, lasting=True),
    _read("/static/{path:path}", Who.LOGGED_IN, renews=False, lasting=True),
    _read("/scripts/{name}", Who.LOGGED_IN, renews=False, lasting=True),
    # a meeting between its pages, which ask by themselves whether something changed
    _read("/meeting/{meeting_id}/revision", Capability.TAKE_PART, renews=False),
    _read("/meeting/{meeting_id}/state", Capability.TAKE_PART, renews=False),
    Rule("/meeting/{meeting_id}/do", frozenset({"POST"}), Capability.TAKE_PART),
    # the command line on this computer; dashboard/jobs/local.py asks it for its token
    Rule("/local/hello", frozenset({"GET"}), Who.THIS_COMPUTER, renews=False),
    Rule("/local/command", frozenset({"POST"}), Who.THIS_COMPUTER, renews=False),
    Rule("/local/cancel", frozenset({"POST"}), Who.THIS_COMPUTER, renews=False),
)
#: Only where the sample company is shown.
DEMO_RULES: tuple[Rule, ...] = (
    Rule("/demo/role", frozenset({"POST"}), Who.LOGGED_IN, navigates=True),
)


class Found(NamedTuple):
    """A rule, and what stands in the places of its path."""

    rule: Rule
    parameters: dict[str, Any]


class Table:
    """Finds the rule of an address."""

    def __init__(self, rules: Iterable[Rule] = RULES) -> None:
        self.rules = tuple(rules)
        self._plain: dict[str, list[Rule]] = {}
        self._patterns: list[tuple[re.Pattern[str], Rule]] = []
        for rule in self.rules:
            if "{" in rule.path:
                self._patterns.append((compile_path(rule.path)[0], rule))
            else:
                self._plain.setdefault(rule.path, []).append(rule)

    def at(self, path: str) -> list[Found]:
        """Return every rule of an address; none if there is no such address."""
        found = [Found(rule, {}) for rule in self._plain.get(path, ())]
        for pattern, rule in self._patterns:
            if match := pattern.fullmatch(path):
                found.append(Found(rule, match.groupdict()))
        return found

    def find(self, path: str, method: str) -> Found | None:
        """Return the rule for a method at an address, None if it is refused there."""
        return next((found for found in self.at(path) if method in found.rule.methods), None)


class Answered(NamedTuple):
    """An address that the application would answer, and the rule that lets anybody reach it.

    Attributes:
        path: As Starlette writes it.
        method: One of its methods, or ``WEBSOCKET``.
        rule: None: the gate answers that there is no such address, or not with this method.
    """

    path: str
    method: str
    rule: Rule | None


def routes(app: Any, rules: Iterable[Rule] = RULES) -> tuple[Answered, ...]:
    """Return every address and method of an application, with its rule.

    What the application answers by a mount (Streamlit's own files, and its page for every other
    address) is listed by what the table lets through to it.

    Args:
        app: A ``streamlit.App``, or anything with ``routes``.
        rules: Those of the gate in front of it.
    """
    known = tuple(rules)
    listed = list(dict.fromkeys(_answered(_routes_of(app))))
    paths = {path for path, _ in listed}
    rest = [
        Answered(rule.path, method, rule)
        for rule in known
        if rule.path not in paths
        for method in sorted(rule.methods)
    ]
    return (
        *(Answered(path, method, _rule(known, path, method)) for path, method in listed),
        *rest,
    )


def _routes_of(app: Any) -> list[BaseRoute]:
    if not hasattr(app, "routes"):
        # Streamlit builds it when the first request comes, and keeps it
        app._starlette_app = app._starlette_app or app._build_starlette_app()  # noqa: SLF001 - no other way to its routes
        app = app._starlette_app  # noqa: SLF001 - as above
    return list(app.routes)


def _answered(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in routes:
        match route:
            case Route():
                yield from ((route.path, method) for method in sorted(route.methods or ()))
            case WebSocketRoute():
                yield route.path, WEBSOCKET
            case Mount(path=""):
                yield "/{path:path}", "GET"
            case Mount():
                yield f"{route.path}/{{path:path}}", "GET"
            case _:  # nothing else answers today; if it does, it is listed without a rule
                yield repr(route), "GET"


def _rule(rules: tuple[Rule, ...], path: str, method: str) -> Rule | None:
    return next((rule for rule in rules if rule.path == path and method in rule.methods), None)
