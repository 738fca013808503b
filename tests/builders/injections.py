"""Texts that mean harm, and a company in which they stand in every field that takes text.

Each carries a word of its own (``q07z``), so that a test can tell whether it stands somewhere as
it was written: markup that was obeyed shows less, or something else.
"""

import csv
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.rights import Role
from dashboard.jobs.book import Book
from dashboard.jobs.job import Asker, Order, State
from dashboard.rhythm import actions
from pipelines import clock, ingest, workspace
from pipelines.actor import Actor, Scope
from pipelines.context import Context, open_context
from pipelines.errors import Cap90Error
from pipelines.kpis.choice import choose
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.periods import Grain
from pipelines.settings import Settings
from tests.builders.company import OWNER

TODAY = date(2026, 11, 16)
#: What markup would make, if it were obeyed: nothing of it may be in a page.
ELEMENT = "data-injected"
_HTML = (
    "<script>window.__hacked=1</script>{m}",
    "<img src=x data-injected onerror=window.__hacked=1>{m}",
    "<img src='{b}/img' data-injected>{m}",
    "<svg data-injected onload=window.__hacked=1>{m}</svg>",
    "<iframe data-injected src='{b}/frame'>{m}</iframe>",
    "<b data-injected onmouseover=alert(1)>{m}</b>",
    "<style data-injected>body{{background:url({b}/css)}}</style>{m}",
    "<link data-injected rel=stylesheet href={b}/link>{m}",
    "<meta http-equiv=refresh content='0;url={b}/meta'>{m}",
    "<form data-injected action={b}><input data-injected autofocus onfocus=alert(1)>{m}",
    "<a data-injected href=javascript:alert(1)>{m}</a>",
    "\"'><details data-injected open ontoggle=alert(1)>{m}",
    "</textarea></title></style></script><u data-injected>{m}",
    "<math data-injected><mtext><img src=x onerror=alert(1)>{m}",
    "<!--{m}--><object data-injected data={b}/o>",
    "&lt;b&gt;{m} &#60;script&#62;",
)
_MARKDOWN = (
    "![{m}]({b}/md)",
    "![{m}][1] [1]: {b}/ref",
    "[{m}]({b}/click)",
    "[{m}](javascript:alert(1))",
    "[{m}](data:text/html,<script>alert(1)</script>)",
    "{b}/auto{m}",
    "www.evil.example/{m}",
    "<{b}/angle>{m}",
    "{m}@evil.example",
    "# {m}",
    "**{m}** __x__ ~~y~~ `{m}`",
    "- {m} | a | b |",
    "[^1] {m} [x] ==y==",
    ":material/skull: {m}",
    ":red[{m}] :blue-background[x]",
    ":small[{m}] :rainbow[y] :smile: :+1:",
    ":material/delete[{m}",
)
_FORMULAS = (
    '=HYPERLINK("{b}/xl";"{m}")',
    "+{m}+1",
    "-{m}-1",
    "@SUM(1){m}",
    "=cmd|'/C calc'!A0{m}",
    "\t=1+1{m}",
    "\r=1+1{m}",
    "%=1{m}",
    "\uff1d1+1{m}",  # a full-width sign that some programs read as one
)
_TYPST = (
    '#read("/etc/passwd"){m}',
    '#import "{b}": * {m}',
    "#panic({m})",
    "$\\href{{{b}/tex}}{{{m}}}$",
    "$$\\includegraphics{{{b}/tex}}$$ {m}",
    "$ x^2 {m} $",
    '#image("../../x.png") {m}',
    "`raw {m}` ```x```",
    "@{m} <{m}> \\ ~ -- '",
    "#{{ {m} }} [ ] /* x */ // y",
    "= {m}",
    "_{m}_ *{m}*",
)
_ODD = (
    "{m} \u00e9\u0301 \U0001f469\u200d\U0001f4bb \U0001f1eb\U0001f1f7",
    "{m} " + "W" * 90,
    "{{m}} {{0}} %s %(x)s ${{x}} {{{{x}}}} {m}",
    "'; drop table deals; -- {m}",
    "../../etc/passwd {m}",
    "{m} \u0635\u0628\u0627\u062d \u05e9\u05dc\u05d5\u05dd",
)
#: What never reaches a reader: controls, and signs that turn the direction of what follows.
_CONTROLS = (
    "{m}\x00end",
    "{m}\x07\x08\x1b[31mred",
    "{m}\u202egpj.exe",
    "{m}\u2066\u2067\u2068x\u2069",
    "{m}\u202d\u202a\u202bx\u202c",
    "{m}\x7f\x85\x9bx",
    "{m}\r\nSet-Cookie: a=b",
    "{m}\u2028\u2029x",
    "{m}\u200e\u200f\u061cx",
)
CONTROL_SIGNS = frozenset(
    [chr(code) for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))]
    + list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
)


@dataclass(frozen=True)
class Injection:
    """A text, and what is unmistakably its own in it."""

    words: str
    marker: str
    is_control: bool


def injections(beacon: str) -> tuple[Injection, ...]:
    """Return all of them; those that call somebody call ``beacon``."""
    texts = (*_HTML, *_MARKDOWN, *_FORMULAS, *_TYPST, *_ODD, *_CONTROLS)
    return tuple(
        Injection(text.format(m=f"q{number:02}z", b=beacon), f"q{number:02}z", text in _CONTROLS)
        for number, text in enumerate(texts)
    )


@dataclass
class Beacon:
    """A server that nobody may ask."""

    port: int
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def beacon() -> Iterator[Beacon]:
    """Listen for whoever asks."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Beacon(server.server_address[1], heard)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Planted:
    """A company full of them.

    Attributes:
        fields: How many texts each field took.
        refused: How many it refused.
        why: What it said the last time.
    """

    root: Path
    texts: tuple[Injection, ...]
    fields: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    why: dict[str, str] = field(default_factory=dict)

    def put(self, where: str, write: Callable[[], object]) -> None:
        """Put a text into a field, unless it is refused."""
        try:
            write()
        except Cap90Error as refused:
            self.refused[where] += 1
            self.why[where] = str(refused)
        else:
            self.fields[where] += 1


def planted_company(root: Path, beacon_address: str) -> Planted:
    """Make a company, and put every text into every field."""
    texts = injections(beacon_address)
    name = f"<img src={beacon_address} {ELEMENT}> ![x]({beacon_address}) #panic() $x$ :red[y] =1+1"
    workspace.create(root, Settings(company=name, currency="CAD"))
    planted = Planted(root, texts)
    with open_context(root) as opened:
        context = opened.on(TODAY).by(Actor(texts[1].words, None, Scope()))
        _people(planted, context)
        _files(planted, context)
        _typed(planted, context)
        with Access.open(opened.workspace) as access:
            _accounts(planted, access)
    return planted


def _files(planted: Planted, context: Context) -> None:
    """Take a file in whose columns hold nothing else, under names that are no better."""
    visible = [one for one in planted.texts if "\x00" not in one.words]
    folder = context.workspace.staging
    names = [one.words.replace("/", "_")[:80] for one in visible[:3] + visible[16:18]]
    columns = ("Deal Name", "Account", "Owner", "Stage", "Lead Source", "Segment", "Region")
    mapping = folder / "mapping.toml"
    stages = "".join(f'{_toml(one)} = "won"\n' for one in visible if not one.is_control)
    mapping.write_text(f'[stages]\n"Closed Won" = "won"\n{stages}', encoding="utf-8")
    for number, file_name in enumerate([*names, "deals.csv"]):
        path = folder / f"{file_name}.csv"
        chosen = visible if file_name == "deals.csv" else visible[number :: len(names)]
        with path.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(["Deal ID", "Amount", "Created Date", "Close Date", *columns])
            for place, one in enumerate(chosen):
                day = TODAY - timedelta(days=1 + place % 40)
                opening = [f"D-{place}", 1000 + place, day - timedelta(days=9), day]
                stage = "Closed Won" if one.is_control else one.words
                words = [one.words, one.words, one.words, stage, one.words, one.words, one.words]
                rows.writerow([*opening, *words])
            rows.writerow(["D-bad", "no number", "no day", "no day", *["<b data-injected>"] * 7])
        request = ingest.ImportRequest("generic", "deals", mapping)
        planted.put("import", partial(_import, context, path, request))
        path.unlink()


def _toml(one: Injection) -> str:
    return json.dumps(one.words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _import(context: Context, path: Path, request: ingest.ImportRequest) -> None:
    report = ingest.import_file(context, path, request)
    assert not report.questions, report.questions


def _typed(planted: Planted, context: Context) -> None:
    """Type them: KPIs, numbers, targets, actions."""
    texts = planted.texts
    monday = TODAY - timedelta(days=7)
    for number, one in enumerate(texts):
        kept = HandKept(
            key=f"typed_{number}",
            name=one.words,
            kind=Kind.INPUT if number % 2 else Kind.OUTPUT,
            unit=Unit.COUNT,
            better=Better.UP,
            aggregate=Aggregate.SUM,
        )
        planted.put("KPI", partial(create_hand_kept, context, kept))
        entry = EntryRow("typed_0", monday - timedelta(weeks=number), 3, note=one.words)
        entry = replace(entry, grain=Grain.WEEK)
        planted.put("number", partial(add_entry, context, entry))
        target = TargetRequest(
            "typed_0", 5, TODAY, per=Grain.WEEK, owner=one.words, reason=one.words
        )
        planted.put("target", partial(set_target, context, target))

        def act(one: Injection = one) -> None:
            made = actions.add_action(
                context, one.words, one.words, TODAY + timedelta(days=2), "typed_0"
            )
            actions.move(
                context, made.action_id, made.version, TODAY + timedelta(days=3), one.words
            )

        planted.put("action", act)
    # an image, a link, a directive, a formula and its paper sisters stand in the week itself
    chosen = [1, 16, 18, 29, 31, 45, 42]
    for number in chosen:
        for back in range(12):
            start = monday - timedelta(weeks=back)
            row = EntryRow(f"typed_{number}", start, back % 5, grain=Grain.WEEK)
            planted.put("number", partial(add_entry, context, row))
    choose(context, [(f"typed_{number}", texts[number].words) for number in chosen])


def _people(planted: Planted, context: Context) -> None:
    for number, one in enumerate(planted.texts):
        for where, details in (
            ("person", Details(f"{one.words} ")),
            ("team", Details(f"Anne {number}", None, one.words, one.words, one.words)),
            ("e-mail", Details(f"Paul {number}", f"{one.words}@atelier.example")),
        ):
            planted.put(where, partial(add_person, context, details))


def _accounts(planted: Planted, access: Access) -> None:
    book = Book(access.store)
    add = partial(accounts.add_account, access, OWNER, role=Role.VIEWER)
    for number, one in enumerate(planted.texts):
        planted.put(
            "account",
            partial(add, email=f"a{number}@x.example", name=one.words),
        )
        planted.put(
            "account e-mail",
            partial(add, email=f"{one.words}@x.example", name="A"),
        )
        if "\x00" in one.words:  # no file is called so
            continue
        order = Order("import", one.words, {}, Asker(one.words, Role.OWNER))
        job = book.add(order, clock.now())
        ended = replace(
            job, state=State.REFUSED, lines=(one.words,), exit_code=1, ended_at=clock.now()
        )
        book.keep(ended)
        planted.fields["job"] += 1
