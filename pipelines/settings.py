"""What a company says about itself once: ``cap90.toml``."""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import holidays
from babel.core import get_global
from babel.numbers import get_territory_currencies, list_currencies
from holidays.registry import COUNTRIES
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails

from pipelines.errors import Message, Problem, WorkspaceError, did_you_mean, msg
from pipelines.periods import Calendar, Weekday

#: The file that makes a folder a workspace.
FILE_NAME = "cap90.toml"

#: What the settings are before anybody says otherwise.
_DEFAULT_ZONE = "America/Montreal"


#: Two-letter codes of the countries whose public holidays are known. The list of the package would
#: load the calendars of all of them to make it, at every start.
_COUNTRIES = frozenset(codes[1] for codes in COUNTRIES.values())


class Locale(StrEnum):
    """The languages the product speaks, written as people write them."""

    EN = "en"
    FR = "fr"
    FR_CA = "fr-CA"

    @property
    def catalogue(self) -> str:
        """The name of the language inside the product: ``en``, ``fr``, ``fr_CA``."""
        return self.value.replace("-", "_")


class WeekStart(StrEnum):
    """The day a week starts on."""

    MONDAY = "monday"
    SUNDAY = "sunday"


class _Impossible(ValueError):  # noqa: N818 - pydantic wants a ValueError; people see a Problem
    """A value that pydantic's own types cannot judge, with what to do about it."""

    def __init__(self, what: Message, hint: Message | None) -> None:
        super().__init__(str(what))
        self.what = what
        self.hint = hint


class Settings(BaseModel):
    """The company's settings; every key has a default that ``cap90 init`` writes out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    company: str = Field(default="Cap 90", min_length=1, max_length=120)
    locale: Locale = Locale.EN
    currency: str = "CAD"
    timezone: str = _DEFAULT_ZONE
    country: str = "CA"
    province: str | None = None
    week_start: WeekStart = WeekStart.MONDAY
    fiscal_year_start: StrictInt = Field(default=1, ge=1, le=12)

    @field_validator("company")
    @classmethod
    def _printable(cls, name: str) -> str:
        if not name.strip() or not name.isprintable():
            raise _Impossible(msg("This is not a name that can be printed."), _EXPECTED["company"])
        return name.strip()

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        _require(code, list_currencies(), _EXPECTED["currency"])
        return code

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        _require(name, available_timezones(), _EXPECTED["timezone"])
        return name

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str) -> str:
        _require(code, _COUNTRIES, _EXPECTED["country"])
        return code

    @field_validator("province")
    @classmethod
    def _known_province(cls, code: str | None, info: ValidationInfo) -> str | None:
        country = info.data.get("country")  # missing when it was wrong itself
        if code is None or country is None:
            return code
        if known := _provinces(country):
            _require(code, known, msg("Write one of: {choices}.", choices=known))
            return code
        raise _Impossible(
            msg("'{text}' is not a province of {country}.", text=code, country=country),
            msg("Leave the province out: none is needed for {country}.", country=country),
        )

    @property
    def calendar(self) -> Calendar:
        """The company's division of time."""
        start = Weekday.SUNDAY if self.week_start is WeekStart.SUNDAY else Weekday.MONDAY
        return Calendar(start, self.fiscal_year_start)

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.timezone)


#: What each key wants, said after what is wrong with it.
_EXPECTED: dict[str, Message] = {
    "company": msg("Write the company's name in quotes, 120 characters at most."),
    "locale": msg("Write one of: {choices}.", choices=[locale.value for locale in Locale]),
    "currency": msg("Write its three letters, such as CAD or EUR."),
    "timezone": msg("Write a name such as America/Montreal or Europe/Paris."),
    "country": msg("Write its two letters, such as CA or FR."),
    "province": msg("Write its letters, such as QC, or leave the province out."),
    "week_start": msg("Write one of: {choices}.", choices=[day.value for day in WeekStart]),
    "fiscal_year_start": msg("Write the month's number, from 1 to 12, without quotes."),
}

#: What each key means, written above it in the file.
_COMMENTS: dict[str, Message] = {
    "company": msg("The company's name, as pages and reports print it."),
    "locale": msg("The language: en, fr (France) or fr-CA (Québec)."),
    "currency": msg("The currency of amounts whose file does not name one."),
    "timezone": msg("The time zone that decides which day it is."),
    "country": msg("The country and the province, for the public holidays."),
    "week_start": msg("The day a week starts on: monday or sunday."),
    "fiscal_year_start": msg("The month in which the fiscal year starts: 1 is January."),
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
    for key, value in settings.model_dump(mode="json").items():
        if key in _COMMENTS:
            lines += ["", f"# {phrase(_COMMENTS[key])}"]
        if value is None:
            lines.append(f'# {key} = "…"')
        else:
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines[1:]) + "\n"


def usual_currency(country: str) -> str | None:
    """Return the currency a country pays in today; None if that is not known."""
    found = get_territory_currencies(country)
    return found[0] if found else None


def usual_timezone(country: str) -> str | None:
    """Return a country's time zone; None where it has several and somebody has to say.

    Canada, where most of the product's users are, gets Montréal's.
    """
    if country == Settings.model_fields["country"].default:
        return _DEFAULT_ZONE
    zones = get_global("territory_zones").get(country, [])
    return zones[0] if len(zones) == 1 else None


def _provinces(country: str) -> tuple[str, ...]:
    calendar = getattr(holidays, country)  # loaded here, for this country only
    return tuple(calendar.subdivisions)


def _line(error: tomllib.TOMLDecodeError, path: Path) -> str:
    """Return the line that tomllib complains about; Python 3.11 only tells it in the text."""
    if found := re.search(r"at line (\d+)", str(error)):
        return found[1]
    # "at end of document"
    return str(len(path.read_text(encoding="utf-8-sig").splitlines()))


def _require(word: str, known: Iterable[str], hint: Message) -> None:
    names = list(known)
    if word not in names:
        same = [name for name in names if name.lower() == word.lower()]
        nearest = did_you_mean(same[0] if same else word, names)
        raise _Impossible(msg("'{text}' is not known.", text=word), nearest or hint)


def _problem(detail: ErrorDetails, where: str) -> Problem:
    """Return what pydantic found as a sentence about one key."""
    cause = detail.get("ctx", {}).get("error")
    key = str(detail["loc"][0])
    place = f"{where} [{key}]" if where else f"[{key}]"
    if isinstance(cause, _Impossible):
        return Problem(cause.what, place, cause.hint)
    if detail["type"] == "extra_forbidden":
        known = list(Settings.model_fields)
        return Problem(
            msg("There is no setting of this name."),
            place,
            did_you_mean(key, known) or msg("Remove it. Known are: {choices}.", choices=known),
        )
    return Problem(
        msg("'{text}' is not possible here.", text=str(detail["input"])), place, _EXPECTED[key]
    )


def _toml(value: object) -> str:
    """Return a string or number as TOML writes it; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
