"""In which encoding a file is, without anybody having to know."""

import codecs
from pathlib import Path

import pytest

from pipelines.errors import ImportRefused
from pipelines.ingest.reading.parsing import parse
from tests.builders.exports import bytes_file, rows_of, text_file

TEXT = "id;propriétaire;montant\n1;Éloïse;5 €\n2;François;7 €\n"
ROWS = [("1", "Éloïse", "5 €"), ("2", "François", "7 €")]


@pytest.mark.parametrize(
    ("mark", "encoding", "named"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "cp1252", "windows-1252"),
    ],
)
def test_the_encodings_of_crm_exports_are_recognised(
    tmp_path: Path, mark: bytes, encoding: str, named: str
) -> None:
    table = parse(bytes_file(tmp_path, mark + TEXT.encode(encoding)), None, None)

    assert table.headers == ("id", "propriétaire", "montant")
    assert rows_of(table.frame) == ROWS
    assert table.encoding == named


def test_a_byte_order_mark_before_a_quoted_header_disappears(tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + b'"Record ID","Amount, CAD"\r\n"1","5"\r\n'

    table = parse(bytes_file(tmp_path, content), None, None)

    assert table.headers == ("Record ID", "Amount, CAD")
    assert rows_of(table.frame) == [("1", "5")]


def test_an_accent_far_down_still_decides(tmp_path: Path) -> None:
    # A reader that looks at the first megabyte only would call this ASCII, then fail.
    many = "".join(f"{number};name;5\n" for number in range(150_000))
    text = f"id;nom;montant\n{many}999999;Éloïse;5\n"

    table = parse(text_file(tmp_path, text, encoding="cp1252"), None, None)

    assert table.frame.height == 150_001
    assert table.frame["nom"][-1] == "Éloïse"


def test_one_stray_byte_does_not_spoil_the_accents_of_a_utf8_file(tmp_path: Path) -> None:
    rows = "".join(f"{number};Éloïse\n" for number in range(50))
    content = f"id;nom\n{rows}".encode() + b"50;Ren\xe9\n"

    table = parse(bytes_file(tmp_path, content), None, None)

    assert set(table.frame["nom"][:50]) == {"Éloïse"}
    assert table.frame["nom"][50] == "René"


def test_an_encoding_that_was_told_is_used(tmp_path: Path) -> None:
    content = "id;nom\n1;Łódź\n".encode("cp1250")

    table = parse(bytes_file(tmp_path, content), None, "cp1250")

    assert rows_of(table.frame) == [("1", "Łódź")]


def test_a_told_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, TEXT, encoding="cp1252")

    with pytest.raises(ImportRefused, match="cannot be read as utf-8"):
        parse(path, None, "utf-8")


@pytest.mark.parametrize("word", ["klingon", "rot13", "zip"])
def test_a_word_that_is_no_encoding_is_refused(tmp_path: Path, word: str) -> None:
    with pytest.raises(ImportRefused, match=f"'{word}' is not an encoding"):
        parse(text_file(tmp_path, TEXT), None, word)
