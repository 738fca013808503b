"""``cap90.toml``: read, explained, changed."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipelines.errors import Message, Problem, WorkspaceError, did_you_mean, msg
from pipelines.files import write_whole
from pipelines.settings.model import EXPECTED, Impossible, Locale, Provider, Settings

#: The file that makes a folder a workspace.
FILE_NAME = "cap90.toml"

#: What each key means, written above it in the file.
_COMMENTS: dict[str, Message] = {
    "company": msg("The company's name, as pages and reports print it."),
    "locale": msg("The language: en, fr (France) or fr-CA (Québec)."),
    "currency": msg("The currency of amounts whose file does not name one."),
    "timezone": msg("The time zone that decides which day it is."),
    "country": msg("The country and the province, for the public holidays."),
    "week_start": msg("The day a week starts on: monday or sunday."),
    "fiscal_year_start": msg("The month in which the fiscal year starts: 1 is January."),
    "languages": msg("The languages that people may read the pages in."),
    "logo": msg("The company's logo, a PNG or SVG file in this folder."),
    "meetings": msg(
        "The meetings: the day of the week, when, how long, and in which full week of a month or "
        "quarter."
    ),
    "salespeople": msg("What salespeople may see beside their own figures."),
    "login": msg("How long a login lasts: without a click, and in all."),
    "mail": msg("The mail server. Its password is read from CAP90_SMTP_PASSWORD."),
    "retention": msg("How many automatic backups are kept."),
    "first_steps": msg("The first steps: the page that guides through them writes this."),
}


def settings_from(values: Mapping[str, Any], *, where: str = "") -> Settings:
    """Return checked settings.

    Args:
        values: By key, as ``cap90.toml`` names them; what is left out takes its default.
        where: The file they come from, for the message.

    Raises:
        WorkspaceError: One problem per wrong key, all of them at once.
    """
    try:
        return Settings.model_validate(dict(values))
    except ValidationError as error:
        raise WorkspaceError(*(_problem(detail, where) for detail in error.errors())) from error


def load(path: Path) -> Settings:
    """Return the settings that a ``cap90.toml`` holds.

    Raises:
        WorkspaceError: The file cannot be read, is not TOML, or has wrong or unknown keys.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WorkspaceError.of(
            msg("The file cannot be read."),
            where=str(path),
            hint=msg("Check that it exists and that you may open it."),
        ) from error
    except UnicodeDecodeError as error:
        raise WorkspaceError.of(
            msg("The file is not UTF-8 text."),
            where=str(path),
            hint=msg("Save it as UTF-8 in your editor."),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError.of(
            msg("Line {line} cannot be understood.", line=_line(error, path)),
            where=path.name,
            hint=msg('Each line is: key = "value".'),
        ) from error
    return settings_from(values, where=path.name)


def written_locale(path: Path) -> Locale | None:
    """Return the language that a ``cap90.toml`` names, even if the rest of it is broken."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return None
    found = re.search(r"""^[ \t]*locale[ \t]*=[ \t]*["']([\w-]+)["']""", text, re.MULTILINE)
    return Locale(found[1]) if found and found[1] in list(Locale) else None


def document(settings: Settings, phrase: Callable[[Message], str] = str) -> str:
    """Return the text of a ``cap90.toml`` with a comment above each key.

    Args:
        settings: What to write.
        phrase: Says a message in the reader's language; English if left out.
    """
    lines: list[str] = []
    values = settings.model_dump(mode="json")
    for key, value in values.items():
        if isinstance(value, dict):
            continue
        if key in _COMMENTS:
            lines += ["", f"# {phrase(_COMMENTS[key])}"]
        lines.append(_line_of(key, value))
    for key, value in values.items():
        if isinstance(value, dict):
            lines += _table_of(key, value, phrase)
    return "\n".join(lines[1:]) + "\n"


def save(path: Path, settings: Settings) -> None:
    """Change a ``cap90.toml`` to hold these settings; comments and the order of lines stay.

    The file is replaced in one step: whatever happens, it holds the old settings or the new ones.

    Raises:
        WorkspaceError: It cannot be written; nothing was changed.
    """
    text = path.read_text(encoding="utf-8-sig")
    written = tomlkit.parse(text)
    _put(written, settings.model_dump(mode="json"))
    try:
        write_whole(path, tomlkit.dumps(written).encode("utf-8"))
    except OSError as error:
        raise WorkspaceError.of(
            msg("The settings could not be written."),
            where=str(path),
            hint=msg("Check that there is room on the disk and that you may write there."),
        ) from error


def _put(table: MutableMapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write into a table what it does not say yet; equal values keep the way they are written."""
    for key in [key for key in table if key not in values or values[key] is None]:
        del table[key]
    for key, value in values.items():
        if isinstance(value, Mapping):
            if value and key not in table:
                table[key] = tomlkit.table()
            if key in table:
                _put(table[key], value)
        elif value is not None and (key not in table or table[key] != value):
            table[key] = value


def _line_of(key: str, value: object) -> str:
    return f'# {key} = "…"' if value is None else f"{key} = {_toml(value)}"


def _table_of(name: str, values: Mapping[str, Any], phrase: Callable[[Message], str]) -> list[str]:
    """Return the lines of a table and of the tables inside it."""
    lines = [""]
    if name in _COMMENTS:
        lines.append(f"# {phrase(_COMMENTS[name])}")
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    if plain:
        lines += [f"[{name}]", *(_line_of(key, value) for key, value in plain.items())]
    for key, value in values.items():
        if isinstance(value, dict) and value:
            lines += _table_of(f"{name}.{key}", value, phrase)
    return lines


def _line(error: tomllib.TOMLDecodeError, path: Path) -> str:
    """Return the line that tomllib complains about; Python 3.11 only tells it in the text."""
    if found := re.search(r"at line (\d+)", str(error)):
        return found[1]
    # "at end of document"
    return str(len(path.read_text(encoding="utf-8-sig").splitlines()))


def _problem(detail: ErrorDetails, where: str) -> Problem:
    """Return what pydantic found as a sentence about one key."""
    cause = detail.get("ctx", {}).get("error")
    path = [str(part) for part in detail["loc"]]
    place = f"{where} [{'.'.join(path)}]" if where else f"[{'.'.join(path)}]"
    if isinstance(cause, Impossible):
        return Problem(cause.what, place, cause.hint)
    if detail["type"] == "extra_forbidden":
        known = _names_beside(path)
        return Problem(
            msg("There is no setting of this name."),
            place,
            did_you_mean(path[-1], known) or msg("Remove it. Known are: {choices}.", choices=known),
        )
    if detail["type"] == "missing":
        return Problem(msg("This setting is missing."), place, _expected(path))
    return Problem(
        msg("'{text}' is not possible here.", text=str(detail["input"])), place, _expected(path)
    )


def _expected(path: list[str]) -> Message | None:
    """Return what a key wants; an element of a list wants what the list wants."""
    while path:
        for key in (".".join(path), ".".join(["login", "providers", "*", *path[3:]])):
            if key in EXPECTED:
                return EXPECTED[key]
        path = path[:-1]
    return None


def _names_beside(path: list[str]) -> list[str]:
    """Return the keys that the table has in which somebody wrote one it does not know."""
    table: type[BaseModel] = Settings
    for part in path[:-1]:
        kind = table.model_fields[part].annotation if part in table.model_fields else Provider
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            table = kind
    return list(table.model_fields)


def _toml(value: object) -> str:
    """Return a string or number as TOML writes it; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
