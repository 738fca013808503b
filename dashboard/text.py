"""Every text in the reader's language.

The English text in the code is the key; ``locales/<language>/*.po`` hold the French, one file
per area of the product. ``fr_CA`` holds only what Québec says differently and falls back to
``fr``. The language is always an argument: one process serves readers of several languages.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from pipelines.errors import Message, Problem, msg, msg_plural
from pipelines.folding import folded
from pipelines.kpis.definition import LocalText
from pipelines.kpis.quantity import Quantity

Language = Literal["en", "fr", "fr_CA"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_LOCALES = Path(__file__).parent / "locales"
_FALLBACKS: dict[Language, tuple[Language, ...]] = {
    "en": (),
    "fr": ("fr",),
    "fr_CA": ("fr_CA", "fr"),
}
#: A French "de" and the field that follows it.
_OF_FIELD = re.compile(r"\b([dD])e \{(\w+)\}")


def language_of(locale: str) -> Language:
    """Return the product's language for a locale as written: ``fr-CA``, ``fr_CA``, ``en-US``."""
    name = locale.replace("-", "_")
    for language in LANGUAGES:
        if name == language:
            return language
    return "fr" if name.startswith("fr") else "en"


def text(template: str, language: Language, /, **values: object) -> str:
    """Return a sentence in a language.

    Args:
        template: English, a literal, with ``{name}`` fields.
        language: The reader's.
        values: Numbers and dates are written the way the language does.
    """
    return render(msg(template, **values), language)


def text_plural(one: str, many: str, count: float, language: Language, /, **values: object) -> str:
    """Return a sentence that counts; ``{count}`` is available in both templates."""
    return render(msg_plural(one, many, count, **values), language)


def render(message: Message | LocalText | Problem, language: Language) -> str:
    """Return a message, a bilingual text or a problem as the reader sees it."""
    match message:
        case LocalText():
            return message.in_language(language)
        case Problem():
            what = render(message.what, language)
            colon = ": " if language == "en" else "\N{NO-BREAK SPACE}: "
            sentence = f"{message.where}{colon}{what}" if message.where else what
            return f"{sentence} {render(message.hint, language)}" if message.hint else sentence
        case Message():
            values = {name: _shown(value, language) for name, value in message.values.items()}
            template = _template(message, language)
            return (template if language == "en" else _elided(template, values)).format(**values)


def worded(message: Message) -> Message:
    """Return a message that is said in today's words, whatever the catalogues become."""
    entries = {name: _catalogue(name).get(message.template) for name in ("fr", "fr_CA")}
    return replace(message, words={name: said for name, said in entries.items() if said})


def alphabetical(name: str) -> tuple[str, str]:
    """Return what names are sorted by: without accents and case, É stands with E."""
    return folded(name), name


def long_date(when: date, language: Language) -> str:
    """Return a date in full: November 21, 2026; 21 novembre 2026; 1er novembre 2026."""
    shown = format_date(when, "long", locale=language)
    # French counts the first of a month, and only that one
    return f"1er{shown[1:]}" if language != "en" and when.day == 1 else shown


def listed(names: Sequence[str], language: Language) -> str:
    """Return names as a sentence lists them: Anne, Luc, and Zoé; Anne, Luc et Zoé."""
    return str(format_list(list(names), "standard", language))


def _template(message: Message, language: Language) -> str:
    for name in _FALLBACKS[language]:
        if message.words is None:
            found = _catalogue(name).get(message.template)
        else:
            found = message.words.get(name)
        if isinstance(found, tuple):
            # French counts 0 and 1 as one
            return found[0 if abs(message.count or 0) < 2 else 1]  # noqa: PLR2004
        if found:
            return found
    if message.plural is not None and message.count != 1:
        return message.plural
    return message.template


def _elided(template: str, values: Mapping[str, str]) -> str:
    """Return a French sentence with d’ before what begins with a vowel: d’octobre, d’Élise."""

    def elided(found: re.Match[str]) -> str:
        begins_with_vowel = folded(values[found[2]][:1]) in {*"aeiouœæ"}
        return f"{found[1]}’{{{found[2]}}}" if begins_with_vowel else found[0]

    return _OF_FIELD.sub(elided, template)


def _shown(value: object, language: Language) -> str:
    match value:
        case Message() | LocalText() | Problem():
            return render(value, language)
        case int() | float() | Decimal() if not isinstance(value, bool):
            return format_decimal(value, locale=language)
        case date():
            return (
                long_date(value, language)
                if language != "en"
                else format_date(value, "medium", locale=language)
            )
        case Sequence() if not isinstance(value, str):
            return listed([_shown(item, language) for item in value], language)
        case Quantity():
            # units and currencies are written with texts of their own
            from dashboard.format import quantity  # noqa: PLC0415 - it imports this module

            return quantity(value, language)
        case _:
            return str(value)


@cache
def _catalogue(language: Language) -> dict[str, str | tuple[str, ...]]:
    """Return the translations of one language, all its files joined."""
    entries: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((_LOCALES / language).glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=language):
                if not entry.id or not entry.string:
                    continue
                key = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
                entries[key] = (
                    tuple(entry.string) if isinstance(entry.string, tuple | list) else entry.string
                )
    return entries
