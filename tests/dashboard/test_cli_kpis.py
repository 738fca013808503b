"""Importing, choosing and reading KPIs from the command line."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.builders.command_line import TODAY, Ran, cap90, deals_csv

#: Nine finished weeks of deals won: eight times 1, then 3.
_CENTRE = 11 / 9
_MEAN_RANGE = 2 / 8

CHOICE = ("new_opportunities", "pipeline_created", "sales_won", "deals_won", "win_rate")


@pytest.fixture(scope="module", autouse=True)
def _today() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP90_TODAY", TODAY)
        yield


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with nine weeks of deals; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("filled")
    assert cap90("init", folder / "w", "--locale", "fr-CA").code == 0
    assert cap90("import", deals_csv(folder), "--workspace", folder / "w").code == 0
    return folder / "w"


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled workspace that a test may change."""
    folder = tmp_path / "w"
    for path in filled.rglob("*"):
        target = folder / path.relative_to(filled)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.mkdir(exist_ok=True) if path.is_dir() else target.write_bytes(path.read_bytes())
    return folder


def show(workspace: Path, *words: str) -> Ran:
    return cap90("kpi", "show", *words, "--workspace", workspace)


# --- import -----------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing_and_every_row_is_accounted_for(own: Path) -> None:
    file = deals_csv(own.parent)

    ran = cap90("import", file, "--json", "--workspace", own)

    (report,) = ran.document["files"]
    assert set(report) == {
        "file",
        "source",
        "entity",
        "import_id",
        "rows_read",
        "added",
        "changed",
        "unchanged",
        "rejected",
        "findings",
        "questions",
    }
    assert [report[key] for key in ("rows_read", "added", "changed", "unchanged", "rejected")] == [
        20,
        0,
        0,
        20,
        0,
    ]
    assert ran.code == 0
    assert ran.err == ""


def test_a_refused_file_does_not_keep_the_next_one_out(own: Path) -> None:
    empty = own.parent / "empty.csv"
    empty.write_text("")

    ran = cap90(
        "import", empty, own.parent / "missing.csv", deals_csv(own.parent), "--json",
        "--workspace", own,
    )  # fmt: skip

    first, second, third = ran.document["files"]
    assert ran.code == 1
    assert first["import_id"] is second["import_id"] is None
    assert first["problems"][0]["what"]
    assert second["problems"][0]["what"]
    assert third["rows_read"] == 20
    assert "missing.csv" in ran.err


def test_rows_that_were_set_aside_are_named_with_their_line_and_reason(own: Path) -> None:
    file = deals_csv(own.parent)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("x3,Odd,Anne,Closed Won,2000,2026-09-01,some day\n")

    ran = cap90("import", file, "--workspace", own)

    (reason,) = [line for line in ran.out.splitlines() if "ligne 22" in line]
    assert ran.code == 0
    assert reason.startswith("  - 1 ligne mise de côté, la ligne 22")


def test_the_imports_are_listed_in_words_and_as_json(filled: Path) -> None:
    words = cap90("imports", "list", "--workspace", filled)
    document = cap90("imports", "list", "--json", "--workspace", filled).document

    assert "deals.csv" in words.out
    assert "Ajoutées" in words.out
    assert [(one["file"], one["rows_read"], one["added"]) for one in document] == [
        ("deals.csv", 20, 20)
    ]


# --- kpi --------------------------------------------------------------------------------------


def test_every_kpi_is_listed_with_what_it_needs(filled: Path) -> None:
    document = cap90("kpi", "list", "--json", "--workspace", filled).document

    assert all(
        set(one)
        == {"key", "kind", "unit", "better", "available", "reason", "chosen", "responsible"}
        for one in document
    )
    by_key = {one["key"]: one for one in document}
    assert by_key["win_rate"]["available"] is True
    assert by_key["win_rate"]["reason"] is None
    assert by_key["gross_margin"]["available"] is False
    assert "factures" in by_key["gross_margin"]["reason"]


def test_a_week_is_shown_with_its_parts_its_limits_and_its_signal(filled: Path) -> None:
    document = show(filled, "deals_won", "--json").document

    assert set(document) == {
        "key",
        "unit",
        "currency",
        "kind",
        "grain",
        "available",
        "reason",
        "limits",
        "periods",
    }
    assert document["limits"] == {
        "centre": pytest.approx(_CENTRE),
        "lower": pytest.approx(_CENTRE - 2.66 * _MEAN_RANGE),
        "upper": pytest.approx(_CENTRE + 2.66 * _MEAN_RANGE),
        "range_upper": pytest.approx(3.268 * _MEAN_RANGE),
        "provisional": True,
        "locked_on": None,
    }
    *_, week, running = document["periods"]
    assert week == {
        "start": "2026-11-09",
        "end": "2026-11-16",
        "value": 3,
        "numerator": None,
        "denominator": None,
        "target": None,
        "gap": None,
        "verdict": "no_target",
        "signal": "outside",
        "partial": False,
    }
    assert (running["start"], running["partial"], running["verdict"]) == (
        "2026-11-16",
        True,
        "partial",
    )


def test_a_rate_is_a_fraction_with_its_two_parts(filled: Path) -> None:
    document = show(filled, "win_rate", "--grain", "month", "--json").document

    november = {one["start"]: one for one in document["periods"]}["2026-11-01"]
    assert (november["value"], november["numerator"], november["denominator"]) == (4 / 6, 4, 6)


def test_money_has_its_currency(filled: Path) -> None:
    document = show(filled, "sales_won", "--json").document

    assert document["currency"] == "CAD"
    assert document["periods"][-2]["value"] == 6000


def test_from_and_to_choose_what_is_printed_and_nothing_else(filled: Path) -> None:
    everything = show(filled, "deals_won", "--json").document
    some = show(
        filled, "deals_won", "--from", "2026-10-06", "--to", "2026-10-26", "--json"
    ).document

    assert [one["start"] for one in some["periods"]] == ["2026-10-12", "2026-10-19"]
    assert some["limits"] == everything["limits"]


def test_by_owner_each_period_says_whose_it_is_and_there_are_no_limits(filled: Path) -> None:
    document = show(filled, "sales_won", "--by", "owner", "--json").document

    assert document["limits"] is None
    assert {
        one["group"]: one["value"] for one in document["periods"] if one["start"] == "2026-11-09"
    } == {"Anne": 3000, "Bruno": 3000}


def test_a_kpi_without_data_says_why_and_is_not_a_failure(filled: Path) -> None:
    ran = show(filled, "gross_margin", "--json")

    assert ran.code == 0
    assert ran.document["available"] is False
    assert "factures" in ran.document["reason"]
    assert ran.document["periods"] == []


def test_people_read_numbers_the_way_they_write_them(filled: Path) -> None:
    ran = show(filled, "sales_won")

    (week,) = [line for line in ran.out.splitlines() if "2026-11-09" in line]
    assert week.startswith("S46")
    assert "6 000 $" in week.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("words", [("show", "win_rat"), ("rows", "win_rat")])
def test_an_unknown_kpi_is_refused_with_the_nearest_one(
    filled: Path, words: tuple[str, str]
) -> None:
    days = ("--start", "2026-11-09", "--end", "2026-11-16") if words[0] == "rows" else ()

    ran = cap90("kpi", *words, *days, "--workspace", filled)

    assert (ran.code, ran.out) == (1, "")
    assert "win_rate" in ran.err


def test_the_rows_behind_a_number_lead_back_to_the_file(filled: Path) -> None:
    document = cap90(
        "kpi", "rows", "sales_won", "--start", "2026-11-09", "--end", "2026-11-16", "--json",
        "--workspace", filled,
    ).document  # fmt: skip

    assert (document["key"], document["start"], document["end"]) == (
        "sales_won",
        "2026-11-09",
        "2026-11-16",
    )
    assert sorted((row["external_id"], row["line"], row["amount"]) for row in document["rows"]) == [
        ("w8", 18, 1000),
        ("x1", 20, 2000),
        ("x2", 21, 3000),
    ]
    assert {row["file"] for row in document["rows"]} == {"deals.csv"}


def test_rows_in_the_terminal_are_headed_in_words_with_currency_and_their_file_last(
    filled: Path,
) -> None:
    ran = cap90(
        "kpi", "rows", "sales_won", "--start", "2026-11-09", "--end", "2026-11-16",
        "--workspace", filled,
    )  # fmt: skip

    heading, _rule, *lines = ran.out.replace("\xa0", " ").replace("\u202f", " ").splitlines()
    assert "Montant" in heading
    assert heading.endswith("Ligne")
    assert "closed_on" not in heading
    assert len(lines) == 3
    assert "1 000 $" in lines[0]
    assert "2026-11-" in lines[0]
    assert lines[0].endswith("18")


# --- choosing and aiming ----------------------------------------------------------------------


def test_five_kpis_are_chosen_with_the_people_who_answer_for_them(own: Path) -> None:
    ran = cap90("choose", "win_rate=Anne Côté", *CHOICE[:4], "--workspace", own)

    document = cap90("kpi", "list", "--json", "--workspace", own).document
    assert ran.code == 0
    assert {one["key"] for one in document if one["chosen"]} == set(CHOICE)
    assert [one["responsible"] for one in document if one["key"] == "win_rate"] == ["Anne Côté"]


def test_four_kpis_are_refused_and_nothing_is_chosen(own: Path) -> None:
    ran = cap90("choose", *CHOICE[:4], "--workspace", own)

    document = cap90("kpi", "list", "--json", "--workspace", own).document
    assert ran.code == 1
    assert not any(one["chosen"] for one in document)


def test_a_target_shows_beside_the_number_it_is_for(own: Path) -> None:
    ran = cap90(
        "target", "set", "deals_won", "2", "--per", "week", "--from", "2026-11-01",
        "--reason", "Plan", "--workspace", own,
    )  # fmt: skip

    week = show(own, "deals_won", "--json").document["periods"][-2]
    (target,) = cap90("target", "list", "--json", "--workspace", own).document
    assert ran.code == 0
    assert (
        "Opportunités gagnées, l’entreprise\N{NO-BREAK SPACE}: 2 par semaine, "
        "à partir du 1er novembre 2026." in ran.err
    )
    assert (week["target"], week["gap"]) == (2, 1)
    assert (target["key"], target["value"], target["per"], target["from"], target["reason"]) == (
        "deals_won",
        2,
        "week",
        "2026-11-01",
        "Plan",
    )


@pytest.mark.parametrize("column", ["owner", "segment", "region", "business_unit"])
def test_a_target_may_be_for_one_group(own: Path, column: str) -> None:
    ran = cap90(
        "target", "set", "deals_won", "2", "--per", "week", "--from", "2026-11-01",
        f"--{column.replace('_', '-')}", "Estrie", "--workspace", own,
    )  # fmt: skip

    (target,) = cap90("target", "list", "--json", "--workspace", own).document
    assert ran.code == 0
    assert "Opportunités gagnées, Estrie" in ran.err
    groups = {name: target[name] for name in ("owner", "segment", "region", "business_unit")}
    assert groups == dict.fromkeys(groups) | {column: "Estrie"}
    assert "Estrie" in cap90("target", "list", "--workspace", own, COLUMNS="200").out


@pytest.mark.parametrize("typed", ["30%", "0.3", "0,3", "30 %"])
def test_a_percentage_is_typed_as_people_write_it(own: Path, typed: str) -> None:
    assert (
        cap90("target", "set", "win_rate", typed, "--from", "2026-11-01", "--workspace", own).code
        == 0
    )
    (target,) = cap90("target", "list", "--json", "--workspace", own).document
    assert target["value"] == 0.3


def test_the_list_says_which_target_counts_now(own: Path) -> None:
    for value, start in (("20%", "2026-10-01"), ("30%", "2026-11-02"), ("40%", "2027-01-01")):
        cap90("target", "set", "win_rate", value, "--from", start, "--workspace", own)

    lines = cap90("target", "list", "--workspace", own, COLUMNS="200").out.splitlines()

    said = {line.split("%")[0][-3:-1]: line for line in lines if "%" in line}
    assert "2026-11-02  remplacée" in said["20"]
    assert "2027-01-01  en vigueur" in said["30"]
    assert "à venir" in said["40"]
    assert all("L’entreprise" in line for line in said.values())


def test_a_bare_thirty_for_a_percentage_is_refused(own: Path) -> None:
    ran = cap90("target", "set", "win_rate", "30", "--from", "2026-11-01", "--workspace", own)

    assert ran.code == 1
    assert cap90("target", "list", "--json", "--workspace", own).document == []


def test_each_open_question_names_its_column_and_the_line_that_answers_it(
    tmp_path: Path,
) -> None:
    own = tmp_path / "w"
    cap90("init", own, "--locale", "en")
    path = tmp_path / "open.csv"
    path.write_text(
        "Deal ID,Deal Name,Stage,Amount,Create Date,Close Date\n"
        "1,One,Closed Won,1000,02/03/2026,05/06/2026\n",
        encoding="utf-8",
    )

    ran = cap90("import", path, "--workspace", own)

    assert ran.code == 1
    lines = ran.err.splitlines()
    assert any("'Create Date' (02/03/2026)" in line for line in lines)
    assert any("'Close Date' (05/06/2026)" in line for line in lines)
    (answer,) = [line.strip() for line in lines if "date_format =" in line]
    mapping = tmp_path / "answers.toml"
    mapping.write_text(f"{answer}\n", encoding="utf-8")
    assert cap90("import", path, "--mapping", mapping, "--workspace", own).code == 0


def test_french_says_one_row_set_aside_in_the_singular(tmp_path: Path) -> None:
    cap90("init", tmp_path / "w", "--locale", "fr-CA")
    path = tmp_path / "affaires.csv"
    path.write_text(
        "Deal ID,Deal Name,Stage,Amount,Create Date,Close Date\n"
        "1,Un,Closed Won,1000,2026-03-02,2026-06-05\n",
        encoding="utf-8",
    )

    ran = cap90("import", path, "--workspace", tmp_path / "w")

    assert "1 ligne lue, dont 1 ajoutée, 0 modifiée, 0 inchangée et 0 mise de côté." in ran.out


def test_locked_limits_say_since_when(own: Path) -> None:
    ran = cap90(
        "limits", "lock", "deals_won", "--from", "2026-09-14", "--to", "2026-11-02",
        "--reason", "Avant la campagne", "--workspace", own,
    )  # fmt: skip

    limits = show(own, "deals_won", "--json").document["limits"]
    assert ran.code == 0
    assert (limits["centre"], limits["upper"], limits["locked_on"]) == (1, 1, TODAY)


# --- report -----------------------------------------------------------------------------------


def test_the_weekly_report_is_a_pdf_with_the_same_numbers(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "week.pdf"

    ran = cap90("report", "weekly", "2026-W46", "--out", out, "--lang", "en", "--workspace", own)

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(out.read_bytes())).pages)
    assert ran.code == 0
    assert "$6,000" in text


@pytest.mark.parametrize(
    ("week", "said"),
    [("2026-W47", "pas terminée"), ("2026-10", "pas une semaine"), ("soon", "pas une période")],
)
def test_what_is_no_finished_week_gets_no_report(
    filled: Path, tmp_path: Path, week: str, said: str
) -> None:
    ran = cap90("report", "weekly", week, "--out", tmp_path / "x.pdf", "--workspace", filled)

    assert ran.code == 1
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_is_a_sentence(filled: Path, tmp_path: Path) -> None:
    ran = cap90(
        "report", "weekly", "2026-W46", "--out", tmp_path / "no" / "x.pdf", "--workspace", filled
    )

    assert ran.code == 1
    assert str(tmp_path / "no" / "x.pdf") in ran.err
