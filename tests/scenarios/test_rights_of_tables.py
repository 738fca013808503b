"""Every table that can be taken away from the running sample company, taken by everybody who may.

Which page links to it, and who may have it, is written out here by hand; a table that is in the
application and not here fails.
"""

import csv
import io
from collections.abc import Iterator
from urllib.parse import unquote

import fastexcel
import polars as pl
import pytest

from dashboard import downloads
from dashboard.exports import TABLES
from dashboard.spreadsheets import Ending
from pipelines.sample import PEOPLE
from tests.builders import by_hand
from tests.builders.company import Answer, Company
from tests.builders.roles import ZOE, Somebody, open_page, sample_running, socket

pytestmark = pytest.mark.xdist_group("rights")

_GAPS = (
    *("gaps", "gap_parts", "gap_decisions"),
    *("landings", "landing_deals", "landing_tries"),
)
_QUARTER = ("quarter_kpis", "quarter_work", "quarter_rituals")
_FOLLOWING = ("quarter_plan", "next_quarter")
#: The tables of a page, in the order of their links, and who may have them. Some tables are shown
#: only to those for whom something is in them.
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "kpi?kpi=sales_won&grain=quarter&period=2026-Q3": (
        ("series", "OMS"),
        ("series_by_person", "OMS"),
        ("rows", "OMS"),
    ),
    "targets": (("targets", "OMS"),),
    "actions?status=all": (("actions", "OMS"),),
    "plan": (("plan_actions", "OMS"),),
    "personal?person=Zoé Côté": (("own_targets", "OMS"), ("plan_actions", "OMS")),
    "discipline": (("gauge", "OMS"),),
    "entries": (("entries", "OM"),),
    "imports": (("imports", "OM"), ("rejects", "OM")),
    "people": (("people", "OM"),),
    "accounts": (("accounts", "O"),),
    "minutes": (("meetings", "OMSV"),),
    "decision": (("decisions", "OMSV"),),
    "comparison": (("comparison", "OMSV"),),
    "week": (("scorecard", "OMS"), ("week_actions", "OMS")),
    "reviews?week=2026-W46": (("scorecard", "OMSV"), ("reviewed_actions", "OMS")),
    "pipeline": tuple(
        (f"pipeline_{name}", "OMS") for name in ("bridge", "moved", "worries", "accounts", "rates")
    ),
    "gap_review": tuple((name, "OMS") for name in _GAPS),
    "reviews?meeting=16": tuple((name, "OMSV") for name in _GAPS),
    "quarter_review": tuple((name, "OMS") for name in _QUARTER),
    "reviews?meeting=5": tuple((name, "OMSV") for name in (*_QUARTER, *_FOLLOWING, *_GAPS)),
    "next_quarter?meeting=5": (("next_quarter", "OM"),),
}
#: Where nothing may be to take: nobody typed a number, or agreed on a target of their own.
MAY_BE_EMPTY = {"entries", "personal"}
#: What a salesperson may not see of the others, and of what things cost.
OTHERS = [name for name in PEOPLE if name != ZOE]
HIDDEN = ("Marge", "marge", "margin", "Coût")
#: In these everybody reads what is everybody's: how their files' names begin.
SPEAKS_OF_ALL = (
    *("rencontres-closes", "décisions", "tableau-de-bord", "t3-2026-comparé"),
    # what the paper of a closed quarter says to whoever was there
    *("causes-et-décisions", "les-priorités-du-plan", "indicateurs-et-cibles-du-trimestre"),
)
#: The meeting that she is invited to talks about everybody's work, and about no margin.
TOGETHER = "quarter_review"
#: A commitment that was given out there: its title stays what somebody wrote, without its KPI.
WRITTEN = "Sortir la marge par segment du mois d’octobre"

Visitors = dict[str, Somebody]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, Visitors]]:
    with sample_running(tmp_path_factory.mktemp("tables")) as running_one:
        yield running_one


@pytest.fixture(scope="module")
def taken(sample: tuple[Company, Visitors]) -> dict[tuple[str, str], dict[str, Answer]]:
    """Return, by visitor and page, what every link to a table answers, by the name of its file.

    The owner takes every format, the others CSV.
    """
    company, visitors = sample
    found: dict[tuple[str, str], dict[str, Answer]] = {}
    for somebody in (visitors[name] for name in ("owner", "manager", ZOE, "viewer")):
        with socket(company, somebody.cookie) as tab:
            for where, tables in PAGES.items():
                if not any(somebody.letter in who for _, who in tables):
                    continue
                page, _, query = where.partition("?")
                tickets = open_page(tab, page, f"lang=fr_CA&{query}").tickets
                wanted = [
                    one for one in tickets if is_table(one, all_formats=somebody.name == "owner")
                ]
                answers = [company.ask("GET", one, cookie=somebody.cookie) for one in wanted]
                found[somebody.name, where] = {name_of(one): one for one in answers}
    return found


def is_table(link: str, *, all_formats: bool) -> bool:
    """Tell whether a link leads to a table, in any format or as CSV."""
    ticket = link.rpartition("/")[2]
    _, asked = downloads._tickets.loads_unsafe(ticket)  # another process signed it
    name, _, ending = asked["kind"].rpartition("_")
    return name in TABLES and (all_formats or ending == Ending.CSV)


def name_of(answer: Answer) -> str:
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def files(answers: dict[str, Answer], ending: Ending) -> list[Answer]:
    return [answer for name, answer in answers.items() if name.endswith(f".{ending}")]


def rows_of(answer: Answer) -> list[list[str]]:
    text = answer.body.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_every_table_has_a_page_and_is_one_of_the_files() -> None:
    named = {name for tables in PAGES.values() for name, _ in tables}

    assert named == set(TABLES)
    kinds = {f"{name}_{ending}" for name in named for ending in Ending}
    assert kinds <= set(downloads._KINDS)
    for name in named:
        for ending in Ending:
            assert downloads._KINDS[f"{name}_{ending}"].needs is TABLES[name].needs


def test_a_page_gives_its_tables_to_those_who_may_have_them(
    sample: tuple[Company, Visitors], taken: dict[tuple[str, str], dict[str, Answer]]
) -> None:
    _, visitors = sample
    asked = 0
    for (name, where), answers in taken.items():
        wanted = [table for table, who in PAGES[where] if visitors[name].letter in who]
        got = files(answers, Ending.CSV)
        assert {answer.status for answer in answers.values()} <= {200}, (name, where)
        if where.partition("?")[0] not in MAY_BE_EMPTY:
            assert len(got) == len(wanted), (name, where, list(answers))
        asked += len(got)
    print(f"\ntables taken: {asked}")  # noqa: T201 - counted for the record


def test_every_format_of_a_table_holds_as_many_rows(
    taken: dict[tuple[str, str], dict[str, Answer]],
) -> None:
    for (name, where), answers in taken.items():
        if name != "owner":
            continue
        stems = {file.rpartition(".")[0] for file in answers}
        for stem in stems:
            lines = len(rows_of(answers[f"{stem}.csv"])) - 1
            parquet = pl.read_parquet(answers[f"{stem}.parquet"].body)
            excel = fastexcel.read_excel(answers[f"{stem}.xlsx"].body).load_sheet(0).to_polars()
            assert lines == parquet.height == excel.height, (where, stem)
            assert parquet.columns == excel.columns == rows_of(answers[f"{stem}.csv"])[0]


def test_a_salesperson_takes_away_nothing_of_a_colleague_and_no_margin(
    taken: dict[tuple[str, str], dict[str, Answer]],
) -> None:
    theirs = 0
    for (name, where), answers in taken.items():
        for file, answer in answers.items():
            if name != ZOE or file.startswith(SPEAKS_OF_ALL):
                continue
            said = answer.body.decode("utf-8-sig")
            if where != TOGETHER:
                assert not [other for other in OTHERS if other in said], where
            told = said.replace(WRITTEN, "") if where == TOGETHER else said
            assert not [word for word in HIDDEN if word in told], where
            theirs += said.count(ZOE)
    assert theirs > 10


def test_the_rows_behind_a_number_are_those_of_whoever_asks(
    taken: dict[tuple[str, str], dict[str, Answer]],
) -> None:
    where = "kpi?kpi=sales_won&grain=quarter&period=2026-Q3"
    won = [
        deal
        for deal in by_hand.deals().values()
        if deal.won and "2026-07" <= deal.closing.isoformat()[:7] <= "2026-09"
    ]

    def deals(name: str) -> list[list[str]]:
        (file,) = [one for one in taken[name, where] if "lignes" in one and one.endswith(".csv")]
        return rows_of(taken[name, where][file])[1:]

    assert len(deals("owner")) == len(won)
    assert len(deals(ZOE)) == sum(deal.owner == ZOE for deal in won)


def test_a_margin_in_a_table_of_everybody_is_for_those_who_may_see_it(
    taken: dict[tuple[str, str], dict[str, Answer]],
) -> None:
    for where in (
        *("comparison", "week", "reviews?week=2026-W46", "decision"),
        *("gap_review", "quarter_review", "reviews?meeting=16", "reviews?meeting=5"),
    ):
        owners = "".join(one.body.decode() for one in files(taken["owner", where], Ending.CSV))
        theirs = "".join(one.body.decode() for one in files(taken[ZOE, where], Ending.CSV))
        assert "Marge bénéficiaire brute" in owners, where
        assert "Marge bénéficiaire brute" not in theirs, where


def test_a_link_to_a_table_is_for_the_session_whose_page_showed_it(
    sample: tuple[Company, Visitors],
) -> None:
    company, visitors = sample
    owner = visitors["owner"]
    assert owner.account is not None
    with socket(company, owner.cookie) as tab:
        tickets = [
            link for where in PAGES for link in open_page(tab, where.partition("?")[0]).tickets
        ]
    assert len(tickets) > 3 * 12

    elsewhere = company.cookie_of(owner.account)
    for ticket in tickets[::7]:
        assert company.ask("GET", ticket, cookie=elsewhere).status == 404
        for somebody in visitors.values():
            right = 200 if somebody is owner else 404 if somebody.letter else 303
            assert company.ask("GET", ticket, cookie=somebody.cookie).status == right
