"""What holds for the whole document: its style, and the few words Streamlit has in English only."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

from dashboard.components.assets import asset
from dashboard.text import Language, text

_BUTTON = '[data-testid="stFileUploaderDropzone"] button'
_LIMIT = '[data-testid="stFileUploaderDropzoneInstructions"]'

#: A part of a date that nobody has typed yet, and the letters that stand for it in French.
_EMPTY = '[role="spinbutton"][data-placeholder="true"]'
_DATE_LETTERS = (("year", "aaaa"), ("month", "mm"), ("day", "jj"))


def document_style(language: Language) -> str:
    """Return the rules for what the theme's settings do not reach, in the reader's language."""
    return asset("page.css") + _mark() + _words(language)


@cache
def _mark() -> str:
    """Return the rule that draws the product's mark: within it, so that nothing is fetched."""
    mark = files("dashboard").joinpath("assets", "mark.svg").read_text(encoding="utf-8")
    image = f'url("data:image/svg+xml,{quote(mark)}")'
    return f":root {{ --cap90-mark: {image}; }}"


def _words(language: Language) -> str:
    """Return rules that put French words where Streamlit knows only English ones."""
    if language == "en":
        return ""
    choose = text("Choose a file", language)
    limit = text("CSV or Excel, 100 MB at most", language)
    return f"""
        {_BUTTON} p, {_LIMIT} span {{ font-size: 0; }}
        {_BUTTON} p::after {{ content: "{choose}"; font-size: 0.875rem; }}
        {_LIMIT} span:first-child::after {{ content: "{limit}"; font-size: 0.875rem; }}
        """ + "".join(
        f"""
        {_EMPTY}[data-type="{part}"] {{ font-size: 0; }}
        {_EMPTY}[data-type="{part}"]::before {{ content: "{letters}"; font-size: 0.875rem; }}
        """
        for part, letters in _DATE_LETTERS
    )
