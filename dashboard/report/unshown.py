"""Characters that no typeface of the reports has, said in words. Pure.

The reports carry letters for Latin, Greek and Cyrillic. What people type beside them (pictures,
other scripts) must not become a box that says nothing: a picture is named, of a script it is said
which one it is, in brackets.
"""

import re
import unicodedata

from dashboard.text import Language, render, text
from pipelines.errors import Message, msg

#: What joins, colours and varies pictures; they are named by what they are based on.
_JOINER = "\N{ZERO WIDTH JOINER}"
_VARIES = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
#: A flag is two letters.
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FIRST_LETTER = 0x1F1E6
#: What people put into minutes most; all others by their Unicode name, which is English.
_PICTURES = {
    "👍": msg("thumbs up"),
    "👎": msg("thumbs down"),
    "👏": msg("applause"),
    "🙏": msg("thank you"),
    "💪": msg("strength"),
    "🎉": msg("celebration"),
    "🎯": msg("on target"),
    "🚀": msg("rocket"),
    "🔥": msg("fire"),
    "💡": msg("idea"),
    "📈": msg("rising"),
    "📉": msg("falling"),
    "📌": msg("to note"),
    "🏆": msg("trophy"),
    "❌": msg("cross"),
    "✅": msg("done"),
    "⭐": msg("star"),
    "❤": msg("heart"),
    "⚠": msg("warning"),
    "⏰": msg("alarm clock"),
    "😀": msg("smile"),
    "😃": msg("smile"),
    "😄": msg("smile"),
    "😁": msg("smile"),
    "🙂": msg("smile"),
    "😊": msg("smile"),
    "😉": msg("wink"),
    "😂": msg("laughter"),
    "🤣": msg("laughter"),
    "😢": msg("sadness"),
    "🙁": msg("sadness"),
    "😡": msg("anger"),
    "🤔": msg("doubt"),
}
#: By the first word of what Unicode calls their letters.
_SCRIPTS = {
    "ARABIC": msg("text in Arabic script"),
    "CJK": msg("text in Chinese characters"),
    "HIRAGANA": msg("text in Japanese script"),
    "KATAKANA": msg("text in Japanese script"),
    "HANGUL": msg("text in Korean script"),
    "HEBREW": msg("text in Hebrew script"),
    "THAI": msg("text in Thai script"),
    "DEVANAGARI": msg("text in Devanagari script"),
    "ARMENIAN": msg("text in Armenian script"),
    "GEORGIAN": msg("text in Georgian script"),
}
_OTHER = msg("text in another script")


def in_words(unshown: str, language: Language) -> str:
    """Return what stands on paper for characters without a glyph, such as “[rocket]”.

    Args:
        unshown: A run of them; a letter of a script stands for the whole run of that script.
    """
    rest = _FLAG.sub("", unshown).replace(_JOINER, "")
    found = [*map(_country, _FLAG.findall(unshown)), *(_named(sign, language) for sign in rest)]
    return "".join(f"[{one}]" for one in dict.fromkeys(found) if one)


def _named(sign: str, language: Language) -> str:
    if _VARIES.match(sign) or sign.isspace():
        return ""
    if known := _PICTURES.get(sign):
        return render(known, language)
    kind = unicodedata.category(sign)
    name = unicodedata.name(sign, "")
    if kind.startswith("L"):
        return render(_script(name), language)
    if kind.startswith(("M", "C")):
        return ""  # a mark without its letter, and what has no form
    return name.lower() or text("sign", language)


def _script(name: str) -> Message:
    return _SCRIPTS.get(name.partition(" ")[0], _OTHER)


def _country(flag: str) -> str:
    return "".join(chr(ord(letter) - _FIRST_LETTER + ord("A")) for letter in flag)
