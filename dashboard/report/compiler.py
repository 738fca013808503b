"""From data and a template to a PDF, with Typst. Needs no browser and no system font."""

import json
import re
import threading
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import typst

from dashboard.report.unshown import in_words
from dashboard.text import Language, language_of

_MISSING_TEXT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
#: Characters, or groups of them, found to be in no font: they cost a second attempt only once.
_unprintable: set[str] = set()
#: Rare marks may show one after the other that they have no glyph.
_ATTEMPTS = 4
#: All but Latin, Greek and Cyrillic letters and their punctuation, which the fonts surely have.
_COMMON_ONLY = re.compile(
    r"[^\x00-\u024f\u0370-\u03ff\u0400-\u045f\u2009-\u2040\u20ac\u2212\u2264\ufffd]+"
)
#: A compiler works on one document at a time.
_lock = threading.Lock()


def pdf(template: str, document: dict[str, Any], made_on: date) -> bytes:
    """Return a document as an accessible PDF.

    Args:
        template: Name of a file in ``templates/``, without its ending.
        document: JSON values; the template reads them as data, never as markup.
        made_on: The day that stands in the file; the clock is not looked at.
    """
    data = json.dumps(document, ensure_ascii=False, sort_keys=True)
    language = language_of(str(document.get("language", "")))
    timestamp = int(datetime.combine(made_on, time(12), UTC).timestamp())
    with _lock:
        for _attempt in range(_ATTEMPTS):
            try:
                return _compile(template, _shown(data, language), timestamp)
            except typst.TypstError as error:
                # PDF/UA refuses text without a glyph, and names it
                unknown = _named_texts(error.diagnostic) - _unprintable
                if not unknown:
                    break
                _unprintable.update(unknown)
        safe = _COMMON_ONLY.sub(lambda found: in_words(found[0], language), data)
        return _compile(template, safe, timestamp)


def _compile(template: str, data: str, timestamp: int) -> bytes:
    compiled = _compiler(template).compile(
        format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=timestamp
    )
    return cast("bytes", compiled)  # a PDF is one file, and it goes nowhere else


@cache
def _compiler(template: str) -> typst.Compiler:
    templates = Path(str(files("dashboard.report").joinpath("templates")))
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_font_folder())])
    return typst.Compiler(str(templates / f"{template}.typ"), root=str(templates), font_paths=fonts)


def _font_folder() -> Path:
    """Return where Source Sans lies, without importing its package (it lists files on import)."""
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        raise RuntimeError("the typeface is not installed")
    return Path(package.origin).parent / "files"


def _shown(data: str, language: Language) -> str:
    if not _unprintable:
        return data
    one = "|".join(map(re.escape, sorted(_unprintable, key=len, reverse=True)))
    runs = re.compile(rf"(?:{one})(?:\s*(?:{one}))*")
    return runs.sub(lambda run: in_words(run[0], language), data)


def _named_texts(diagnostic: str) -> set[str]:
    found = {
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)), quoted)
        for quoted in _MISSING_TEXT.findall(diagnostic)
    }
    # every font has these; in the data they may be structure
    return {text for text in found if not text.isascii()}
