"""Texts that mean harm, in every field of a company, seen on every page, on paper and in tables.

Nothing of them is obeyed: no script, no picture, no link, no formula; nobody else is asked; and
what is shown is shown as it was written.
"""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import fastexcel
import polars as pl
import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Request
from pypdf import PdfReader

from dashboard import data
from dashboard.access import accounts, links
from dashboard.exports import GAP_REVIEW, OPEN_QUARTER, PIPELINE, TABLES, Said
from dashboard.mail.message import compose
from dashboard.navigation import Place
from dashboard.spreadsheets import Ending, Kind, written
from dashboard.text import LANGUAGES
from pipelines.context import Context, open_context
from pipelines.errors import Refused
from pipelines.periods import Grain
from pipelines.settings import checked_logo
from tests.builders.browser import browser, chromium, settled
from tests.builders.company import OWNER, Company, company_running
from tests.builders.injections import (
    CONTROL_SIGNS,
    TODAY,
    Beacon,
    Injection,
    Planted,
    beacon,
    planted_company,
)
from tests.builders.pages import showing

pytestmark = pytest.mark.xdist_group("injections")

#: What a spreadsheet begins a formula with.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WATCH = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event =>
  window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""
#: What texts made of the page: each list must be empty.
_FOUND = """
beacon => {
  const all = [];
  const roots = [document];
  while (roots.length) {
    const root = roots.pop();
    for (const one of root.querySelectorAll('*')) {
      all.push(one);
      if (one.shadowRoot) roots.push(one.shadowRoot);
    }
  }
  const led = one => ['href', 'src', 'action', 'data', 'srcset', 'xlink:href', 'formaction']
    .map(name => one.getAttribute(name) || '')
    .filter(value => !value.startsWith('mailto:'))
    .filter(value => value.includes(beacon) || /evil\\.example|^\\s*(javascript|data:text)/i.test(value));
  const texts = [document.body.innerText];
  for (const one of all) {
    if (one.shadowRoot) texts.push(...[...one.shadowRoot.children].map(child => child.innerText || ''));
    if (one.matches('input, textarea')) texts.push(one.value);
  }
  return {
    hacked: [window.__hacked].filter(Boolean),
    elements: all.filter(one => one.hasAttribute('data-injected')).map(one => one.outerHTML),
    handlers: all.filter(one => [...one.attributes].some(
      each => /^on/i.test(each.name))).map(one => one.outerHTML.slice(0, 200)),
    links: all.flatMap(led),
    formulas: all.filter(one => one.matches('.katex')).map(one => one.textContent),
    icons: all.filter(one => one.matches('[data-testid=stIconMaterial]')
      && /skull|delete/.test(one.textContent)).map(one => one.outerHTML),
    frames: all.filter(one => one.matches('iframe, object, embed, base, meta[http-equiv]'))
      .map(one => one.outerHTML),
    violations: window.__violations || [],
    text: texts.join('\\n'),
  };
}
"""


@dataclass
class Full:
    """A company full of them, and who listens."""

    planted: Planted
    heard: Beacon


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    with beacon() as heard:
        made = planted_company(tmp_path_factory.mktemp("injections") / "company", heard.address)
        yield Full(made, heard)


@pytest.fixture
def opened(full: Full) -> Iterator[Context]:
    with open_context(full.planted.root) as context, showing(context.on(TODAY)) as shown:
        yield shown


def plain(words: str) -> str:
    """Return words without blanks and what a page adds to break long words."""
    # blanks and hyphens stand where words are broken; addresses are kept in small letters, and no
    # file can have a slash in its name
    return re.sub(r"[\s\u200b\u2060\u00ad\u2010-]+", "", words).casefold().replace("/", "_")


def altered(said: str, texts: tuple[Injection, ...]) -> list[tuple[str, str]]:
    """Return every place where a text stands in another way than it was written."""
    squeezed = plain(said)
    wrong = []
    for one in texts:
        if one.is_control:
            continue
        literal = plain(one.words)
        rest = squeezed.replace(literal, "")
        # where there is little room, a text ends with an ellipsis
        for start in [found.start() for found in re.finditer(one.marker, rest)]:
            around = rest[max(0, start - 60) : start + 30]
            if literal[: literal.index(one.marker)] + one.marker not in around:
                wrong.append((one.words, around))
    return wrong


def test_every_field_took_some_and_refused_only_what_no_reader_should_get(full: Full) -> None:
    planted = full.planted
    print(  # noqa: T201 - counted for the record
        f"\ninjections: {len(planted.texts)} texts, {planted.fields} taken, {planted.refused} refused"
    )
    assert planted.fields.keys() >= {
        *("import", "KPI", "number", "target", "action", "person", "team", "e-mail"),
        *("account", "account e-mail", "job"),
    }
    assert not planted.refused["import"], planted.why["import"]
    for where in ("KPI", "person", "team", "action", "job"):
        assert planted.fields[where] >= len(planted.texts) - 10, planted.why


@pytest.mark.usefixtures("opened")
def test_what_is_kept_holds_no_control_or_direction_sign() -> None:
    kept = [
        *(action.title for action in data.commitments.actions()),
        *(action.owner for action in data.commitments.actions()),
        *(person.name for person in data.people.persons()),
        *(person.team or "" for person in data.people.persons()),
        *(str(definition.name) for definition in data.kpis.definitions()),
        *(target.reason or "" for target in data.kpis.targets()),
        *(target.owner or "" for target in data.kpis.targets()),
        *(entry.note or "" for entry in data.entries.entries("typed_0")),
        *(record.file_name for record in data.imports.imports()),
    ]
    assert len(kept) > 400
    assert not [words for words in kept if CONTROL_SIGNS & set(words)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_shows_them_as_they_were_written(full: Full, opened: Context, language: str) -> None:
    week = opened.calendar.last_finished(Grain.WEEK, TODAY)

    made = data.reviews.weekly_pdf(data.reviews.review(week), language)  # type: ignore[arg-type]  # one of ours

    reader = PdfReader(io.BytesIO(made))
    said = " ".join(page.extract_text() for page in reader.pages)
    assert not CONTROL_SIGNS & set(said)
    assert "root:" not in said
    assert len(re.findall(r"q\d\dz", said)) > 20
    # no typeface of ours has this sign: paper names it
    named = plain(said).replace("[fullwidthequalssign]", "\uff1d")
    assert altered(named, full.planted.texts) == []
    actions = [
        annotation.get_object().get("/A", {}).get("/URI")
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    assert not [uri for uri in actions if uri]
    root = str(reader.trailer["/Root"])
    assert not [name for name in ("/JavaScript", "/OpenAction", "/EmbeddedFiles") if name in root]
    assert full.heard.asked == []


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_a_table_to_take_away_is_a_formula(full: Full, language: str) -> None:
    made = data.access.audit_csv(data.access.Search(), language)  # type: ignore[arg-type]  # one of ours

    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))

    cells = [cell for row in rows for cell in row]
    assert len(rows) > 300
    assert not [cell for cell in cells if cell.startswith(_FORMULA)]
    assert not [cell for cell in cells if CONTROL_SIGNS & set(cell)]
    assert altered("\n".join(cells), full.planted.texts) == []


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("ending", list(Ending))
def test_no_cell_of_any_table_to_take_away_is_a_formula(full: Full, ending: Ending) -> None:
    week = {"kpi": "deals_won", "grain": "week", "period": "2026-W46"}
    asked: list[tuple[str, dict[str, str]]] = [
        *((name, {}) for name in ("targets", "actions", "imports", "people", "meetings")),
        *((name, {}) for name in PIPELINE),
        *((name, {"meeting": ""}) for name in (*GAP_REVIEW, *OPEN_QUARTER)),
        *((name, week) for name in ("series", "series_by_person", "rows")),
        *(("entries", {"kpi": f"typed_{number}"}) for number in (0, 1, 16, 29, 45)),
        ("scorecard", {"week": "2026-W46"}),
        ("rejects", {"import": str(data.imports.imports()[0].import_id)}),
    ]
    said: list[str] = []
    for name, parameters in asked:
        sheet = TABLES[name].spreadsheet(Said("fr", parameters))
        made = written(sheet, ending, "fr")
        match ending:
            case Ending.CSV:
                text = io.StringIO(made.decode("utf-8-sig"), newline="")
                texts = [place for place, one in enumerate(sheet.columns) if one.kind is Kind.TEXT]
                lines = list(csv.reader(text, delimiter=";"))
                cells = [line[place] for line in lines for place in texts] + lines[0]
                assert not [cell for cell in cells if cell.startswith(_FORMULA)], name
            case Ending.EXCEL:
                with zipfile.ZipFile(io.BytesIO(made)) as book:
                    page = book.read("xl/worksheets/sheet1.xml").decode()
                    assert not re.search("<(?:[a-z]+:)?(?:f|hyperlink)[ >/]", page), name
                found = fastexcel.read_excel(made).load_sheet(0).to_polars()
                cells = [str(cell) for row in found.rows() for cell in row]
            case Ending.PARQUET:
                cells = [str(cell) for row in pl.read_parquet(made).rows() for cell in row]
        assert not [cell for cell in cells if CONTROL_SIGNS & set(cell)], name
        said += cells
    assert len(set(re.findall(r"q\d\dz", "\n".join(said)))) > 20
    assert altered("\n".join(said), full.planted.texts) == []


def test_a_letter_is_plain_text_with_the_headers_we_gave_it(full: Full) -> None:
    for one in full.planted.texts:
        letter = compose("a@x.example", one.words, ["b@x.example"], one.words, f"{one.words}\n")

        raw = letter.as_bytes()
        assert letter.get_content_type() == "text/plain"
        head = raw.partition(b"\r\n\r\n")[0].decode()
        names = [line.partition(":")[0] for line in head.split("\r\n") if line[0] not in " \t"]
        assert len(names) == len(set(names))
        assert set(names) == {
            *("From", "To", "Subject", "Date", "Message-ID", "Content-Type"),
            *("Content-Transfer-Encoding", "MIME-Version"),
        }
        assert not CONTROL_SIGNS & set(str(letter["Subject"]))
        assert letter["To"] == "b@x.example"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<image href='http://127.0.0.1:9/x'/>",
        "<use href='http://127.0.0.1:9/x#y'/>",
        "<a href='javascript:alert(1)'><rect/></a>",
        "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>",
        "<rect onload='alert(1)'/>",
        "<style>@import 'http://127.0.0.1:9/x';</style>",
        "<rect style='fill:url(http://127.0.0.1:9/x)'/>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<set attributeName='onload' to='alert(1)'/>",
        "&x;",
    ],
)
def test_a_logo_that_does_more_than_show_itself_is_refused(inside: str) -> None:
    entity = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" if inside == "&x;" else ""
    logo = f"{entity}<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>"

    with pytest.raises(Refused):
        checked_logo(logo.encode())


@pytest.fixture(scope="module")
def company(full: Full, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    chromium()
    folder = tmp_path_factory.mktemp("running")  # the other tests open the first one themselves
    shutil.copytree(full.planted.root, folder / "company")
    with company_running(folder) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(company: Company) -> Iterator[BrowserContext]:
    with browser() as context:
        account = company.join("Louise Gagnon")
        name, _, value = company.cookie_of(account).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": company.address}])
        context.add_init_script(_WATCH)
        yield context


def look(page: Page, address: str, full: Full, older: int = 0) -> tuple[str, list[str]]:
    """Open an address; return what it says, and everything that should not be there.

    Args:
        older: How often to go on to older entries.
    """
    wrong: list[str] = []
    said = ""
    own = address.split("/")[2]

    def asked(request: Request) -> None:
        if request.url.startswith("http") and request.url.split("/")[2] != own:
            wrong.append(f"asked {request.url}")

    page.on("request", asked)

    def spoke(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", spoke)
    page.on("pageerror", lambda error: wrong.append(f"error {error}"))
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    for _ in range(older + 1):
        if "/link/" not in address:
            settled(page)
            page.wait_for_load_state("networkidle")  # tables bring their scripts after the page's
        said += str(_looked(page, full, wrong))
        if older:
            page.get_by_role("button", name="Older").click()
            page.wait_for_timeout(200)
    return said, wrong


def _looked(page: Page, full: Full, wrong: list[str]) -> str:
    found = page.evaluate(_FOUND, str(full.heard.port))
    said = str(found.pop("text"))
    # Streamlit tries whether it might compile, wherever it runs; nothing on a page asks for it
    found["violations"] = [one for one in found["violations"] if one != "script-src wasm-eval"]
    wrong += [f"{kind}: {one}" for kind, all_of in found.items() for one in all_of]
    wrong += [f"altered: {one}" for one in altered(said, full.planted.texts)]
    wrong += [f"control sign: {sign!r}" for sign in CONTROL_SIGNS & set(said) - {"\t"}]
    return said


@pytest.mark.browser
def test_no_page_obeys_what_stands_on_it(
    full: Full, company: Company, visitor: BrowserContext
) -> None:
    seen: dict[str, int] = {}
    wrong: dict[str, list[str]] = {}
    addresses = [
        *(f"/{'' if place is Place.WEEK else place.value}?lang=en" for place in Place),
        "/reviews?week=2026-W46&lang=en",
        "/actions?status=all&lang=fr",
        "/week?week=2026-W45&lang=fr",
        *(
            f"/kpi?kpi={key}&grain=week&period=2026-W46&lang=en"
            for key in ("typed_0", "typed_1", "typed_16", "typed_29", "typed_45", "deals_won")
        ),
        "/kpi?kpi=sales_won&grain=month&period=2026-10&lang=fr",
        "/week?lang=%3Cscript%3Ealert(1)%3C/script%3E",
        "/kpi?kpi=%3Cimg+src=x+onerror=alert(1)%3E&period=![x](http://x)&grain=$x$",
        "/actions?person=%3Cimg+src=x+onerror=alert(1)%3E&status=%3Cb%3E",
    ]
    for path in addresses:
        page = visitor.new_page()
        said, found = look(
            page, f"{company.address}{path.replace('/week?', '/?')}", full, 6 * ("/audit" in path)
        )
        seen[path] = len(set(re.findall(r"q\d\dz", said)))
        if found:
            wrong[path] = found
        page.close()
    print(f"\npages: {len(seen)}, texts seen: {sum(seen.values())}, {seen}")  # noqa: T201 - counted for the record
    assert full.heard.asked == []
    assert not wrong, "\n".join(
        f"{path}: {one[:400]}" for path, all_of in wrong.items() for one in all_of[:6]
    )
    assert sum(seen.values()) > 400


@pytest.mark.browser
def test_the_page_of_a_link_shows_the_name_it_is_for_as_text(
    full: Full, company: Company, visitor: BrowserContext
) -> None:
    for account in accounts.list_accounts(company.access)[:80:8]:
        token = links.invite(company.access, OWNER, account.account_id)
        page = visitor.new_page()
        said, wrong = look(page, f"{company.address}{links.path_of(token)}", full)
        page.close()
        assert plain(account.name) in plain(said)
        assert wrong == []
    assert full.heard.asked == []
