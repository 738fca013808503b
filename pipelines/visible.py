"""Text as it may be shown: without signs that nobody sees and that change what others see. Pure."""

import unicodedata

#: Controls become blanks; ends of lines and tabs are for whoever shows the text.
_CONTROLS = {
    code: " "
    for code in range(0xA0)
    if unicodedata.category(chr(code)) == "Cc" and chr(code) not in "\t\n"
}
#: Signs that turn the direction of what follows: a name could show another ending than it has.
_DIRECTIONS = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], None
)
_HIDDEN: dict[int, str | None] = {**_CONTROLS, **_DIRECTIONS}

#: A regular expression for any of them.
PATTERN = "[" + "".join(rf"\x{{{code:x}}}" for code in _HIDDEN) + "]"


def visible(text: str) -> str:
    """Return text without controls and without signs that turn its direction.

    Letters that are written from right to left turn by themselves and need none.
    """
    return text if text.isprintable() else text.translate(_HIDDEN)
