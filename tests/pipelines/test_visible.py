"""Text is shown without signs that nobody sees."""

import re

import pytest

from pipelines.visible import PATTERN, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Érable inc.", "Érable inc."),
        ("12\u00a0500\u202f$", "12\u00a0500\u202f$"),
        ("שלום صباح", "שלום صباح"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069\u200e\u200f\u061cb", "ab"),
        ("a\x00b\x07c\x1b[31md\x7fe\x9bf", "a b c [31md e f"),
        ("two\r\nlines\tand a tab", "two \nlines\tand a tab"),
    ],
)
def test_what_turns_or_controls_is_taken_out_and_the_rest_stays(written: str, shown: str) -> None:
    assert visible(written) == shown


def test_the_pattern_finds_what_is_taken_out() -> None:
    signs = re.findall(r"\\x\{([0-9a-f]+)\}", PATTERN)

    assert len(signs) == 63 + 12
    assert all(visible(chr(int(sign, 16))) in {"", " "} for sign in signs)
