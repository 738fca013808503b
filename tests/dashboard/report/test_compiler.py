import re

import pytest
import typst

from dashboard.report import compiler
from dashboard.report.document import weekly_document
from dashboard.report.printable import printable
from tests.builders.reviews import CALENDAR, TODAY, full_review, kpi, review, row


def test_the_letters_that_are_kept_when_all_else_fails_are_in_the_fonts() -> None:
    without = set(compiler._unprintable)
    signs = [
        chr(code) for code in range(0x20, 0x2265) if not compiler._COMMON_ONLY.match(chr(code))
    ]
    letters = printable(" ".join(sign for sign in signs if sign.isprintable()))
    document = weekly_document(review(row(kpi(), [1, 2])), "en", CALENDAR, "a4")

    compiler.pdf("weekly", {**document, "company": letters}, TODAY)

    assert compiler._unprintable == without


def test_marks_in_no_font_and_in_any_order_do_not_stop_a_report() -> None:
    name = (
        "\u0359\u06ab\u074d8ke\u0319H\u0351\u2ada\u0855\u0cda\u08cd\u01c2\u032b\u2c95 \u0ae8\u093b`"
    )
    document = weekly_document(full_review(company=name), "en", CALENDAR, "a4")

    assert compiler.pdf("weekly", document, TODAY).startswith(b"%PDF")


def test_what_is_wrong_with_a_document_itself_is_not_hidden() -> None:
    with pytest.raises(typst.TypstError):
        compiler.pdf("weekly", {"title": "nothing else"}, TODAY)


def test_the_typeface_of_the_screen_is_in_the_file_and_no_font_of_the_system() -> None:
    document = weekly_document(full_review(), "fr", CALENDAR, "a4")

    fonts = set(
        re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", compiler.pdf("weekly", document, TODAY))
    )

    assert fonts
    assert all(name.startswith(b"SourceSansPro") for name in fonts)
