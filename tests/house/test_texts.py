"""Every text for people exists in French, with the same fields, in one wording."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

_ROOT = Path(__file__).resolve().parents[2]
_LOCALES = _ROOT / "dashboard" / "locales"
_NARROW, _NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

#: Signs that French sets with other spaces, or replaces by its own.
_SIGNS = ":;!?%“”"
#: Where the English templates stand: function name -> how many first arguments are templates.
_FUNCTIONS = {"msg": 1, "text": 1, "msg_plural": 2, "text_plural": 2}


def _templates() -> Iterator[tuple[str, str]]:
    """Yield (file, template) of every text in the code."""
    for package in ("dashboard", "pipelines"):
        for path in sorted((_ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                function = node.func
                name = function.id if isinstance(function, ast.Name) else ""
                for argument in node.args[: _FUNCTIONS.get(name, 0)]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield path.relative_to(_ROOT).as_posix(), argument.value


def _catalogue(locale: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return translations by template, then by the file that gives them."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted((_LOCALES / locale).glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=locale):
                if not entry.id:
                    continue
                ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
                said = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
                for template in ids:
                    found.setdefault(template, {})[path.name] = tuple(map(str, said))
    return found


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _is_french_otherwise(template: str) -> bool:
    """Tell whether French writes a template in another way: its words, or the signs between them."""
    return any(
        character.isalpha() or character in _SIGNS
        for literal, _, _, _ in string.Formatter().parse(template)
        for character in literal
    )


def test_every_text_of_the_code_has_its_french() -> None:
    french = _catalogue("fr")

    missing = sorted(
        {
            (file, text)
            for file, text in _templates()
            if _is_french_otherwise(text) and text not in french
        }
    )

    assert missing == []


@pytest.mark.parametrize("locale", ["fr", "fr_CA"])
def test_a_catalogue_translates_nothing_that_nobody_says(locale: str) -> None:
    said = {text for _, text in _templates()}

    assert sorted(_catalogue(locale).keys() - said) == []


def _counted(said: tuple[str, ...]) -> set[str]:
    """Return the field that texts with a plural may have: "once" has no number, its plural has one."""
    return {"count"} if len(said) > 1 else set()


@pytest.mark.parametrize("locale", ["fr", "fr_CA"])
def test_a_translation_has_the_fields_of_its_text(locale: str) -> None:
    different = {
        template: said
        for template, by_file in _catalogue(locale).items()
        for said in by_file.values()
        if any(_fields(form) - _fields(template) - _counted(said) for form in said)
        or not _fields(template) - {"count"} <= set().union(*map(_fields, said))
    }

    assert different == {}


@pytest.mark.parametrize("locale", ["fr", "fr_CA"])
def test_one_text_is_translated_one_way(locale: str) -> None:
    contradictory = {
        template: by_file
        for template, by_file in _catalogue(locale).items()
        if len(set(by_file.values())) > 1
    }

    assert contradictory == {}


def _badly_set(locale: str, said: str) -> bool:
    """Tell whether the spaces before and within signs are wrong for the country."""
    for sign in ";!?":
        for before in (said[i - 1] for i, c in enumerate(said) if c == sign and i):
            if before == " " or (before == _NARROW) is not (locale == "fr"):
                return True
    guillemets = said.count("«") == said.count(f"«{_NO_BREAK}") == said.count(f"{_NO_BREAK}»")
    return not guillemets or " :" in said


@pytest.mark.parametrize("locale", ["fr", "fr_CA"])
def test_french_is_set_the_way_the_country_sets_it(locale: str) -> None:
    badly_set = {
        template: said
        for template, by_file in _catalogue(locale).items()
        for forms in by_file.values()
        for said in forms
        if _badly_set(locale, said)
    }

    assert badly_set == {}


def test_quebec_is_never_shown_the_typography_of_france() -> None:
    quebec = _catalogue("fr_CA")
    borrowed = {
        template
        for template, by_file in _catalogue("fr").items()
        for forms in by_file.values()
        if template not in quebec and any(_NARROW in form for form in forms)
    }

    assert borrowed == set()
