"""What a company says about itself, checked."""

import re
from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

from babel.numbers import list_currencies
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationInfo,
    field_validator,
)

from pipelines.errors import Message, did_you_mean, msg
from pipelines.periods import Calendar, Weekday
from pipelines.settings.usual import DEFAULT_ZONE, countries, provinces

#: What stands in ``[login.providers.…]``.
_PROVIDER_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


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


class Impossible(ValueError):  # noqa: N818 - pydantic wants a ValueError; people see a Problem
    """A value that pydantic's own types cannot judge, with what to do about it."""

    def __init__(self, what: Message, hint: Message | None) -> None:
        super().__init__(str(what))
        self.what = what
        self.hint = hint


class _Table(BaseModel):
    """A part of the settings: checked, complete, never changed in place."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Salespeople(_Table):
    """What the owner lets salespeople see beside their own."""

    margins: StrictBool = False
    colleagues: StrictBool = False


class Provider(_Table):
    """Somebody else who vouches for people, by OpenID Connect.

    The secret is not kept here: ``CAP90_OIDC_SECRET_<KEY>`` in the environment, the key in capitals.
    """

    name: str = Field(min_length=1, max_length=60)  # on the button
    issuer: str = Field(pattern=r"^https?://")
    client_id: str = Field(min_length=1)


class Login(_Table):
    """How long a login lasts, and who else vouches for people."""

    idle_minutes: StrictInt = Field(default=30, ge=1, le=1440)
    absolute_hours: StrictInt = Field(default=12, ge=1, le=168)
    providers: dict[str, Provider] = {}

    @field_validator("providers")
    @classmethod
    def _usable_keys(cls, providers: dict[str, Provider]) -> dict[str, Provider]:
        for key in providers:
            if not _PROVIDER_KEY.fullmatch(key):  # it becomes a part of addresses
                raise Impossible(
                    msg("'{text}' cannot be the key of a provider.", text=key),
                    msg("Write small letters, digits and hyphens, such as microsoft."),
                )
        return providers


class MailSecurity(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Mail(_Table):
    """The mail server; without a host nothing is sent. The password is ``CAP90_SMTP_PASSWORD``."""

    host: str | None = None
    port: StrictInt = Field(default=587, ge=1, le=65535)
    security: MailSecurity = MailSecurity.STARTTLS
    user: str | None = None
    sender: str | None = None


class Retention(_Table):
    """How many automatic backups are kept, and how long who did what stays readable."""

    daily_backups: StrictInt = Field(default=7, ge=1, le=366)
    weekly_backups: StrictInt = Field(default=4, ge=0, le=520)
    monthly_backups: StrictInt = Field(default=12, ge=0, le=240)


class MeetingDay(StrEnum):
    """The day of the week on which people meet; the order is that of ``date.weekday``."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Meetings(_Table):
    """The rhythm: a weekly meeting, a monthly gap review, a quarterly review.

    All on one day of the week; those of one day follow each other. Full weeks are counted, those
    that lie within the month or the quarter as a whole.
    """

    first_on: date | None = None  # before it there are none; None: nobody has begun
    weekday: MeetingDay | None = None  # None: Tuesday
    starts_at: str = Field(default="09:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    minutes: StrictInt = Field(default=30, ge=10, le=240)
    monthly_week: StrictInt = Field(default=1, ge=1, le=3)
    monthly_minutes: StrictInt = Field(default=60, ge=10, le=480)
    quarterly_week: StrictInt = Field(default=2, ge=1, le=12)
    quarterly_minutes: StrictInt = Field(default=150, ge=10, le=480)

    @property
    def day(self) -> MeetingDay:
        """The day of the week on which people meet; Monday is for reading the week."""
        return self.weekday or MeetingDay.TUESDAY

    @property
    def clock(self) -> time:
        """When the first meeting of a day begins."""
        return time.fromisoformat(self.starts_at)


class FirstStep(StrEnum):
    """What a new company does once, in this order."""

    COMPANY = "company"
    PEOPLE = "people"
    FILES = "files"
    QUESTIONS = "questions"
    KPIS = "kpis"
    TARGETS = "targets"
    MEETING = "meeting"


class FirstSteps(_Table):
    """What of the first steps cannot be seen in the data."""

    company_checked: StrictBool = False  # somebody looked over these settings
    people_checked: StrictBool = False  # and over the list of people
    skipped: tuple[FirstStep, ...] = ()


class Settings(_Table):
    """The company's settings; every key has a default that ``cap90 init`` writes out."""

    company: str = Field(default="Cap 90", min_length=1, max_length=120)
    locale: Locale = Locale.EN
    currency: str = "CAD"
    timezone: str = DEFAULT_ZONE
    country: str = "CA"
    province: str | None = None
    week_start: WeekStart = WeekStart.MONDAY
    fiscal_year_start: StrictInt = Field(default=1, ge=1, le=12)
    languages: tuple[Locale, ...] = Field(default=tuple(Locale), min_length=1)
    logo: str | None = Field(default=None, pattern=r"^[\w.-]+\.(png|svg)$")
    meetings: Meetings = Meetings()
    salespeople: Salespeople = Salespeople()
    login: Login = Login()
    mail: Mail = Mail()
    retention: Retention = Retention()
    first_steps: FirstSteps = FirstSteps()

    @field_validator("company")
    @classmethod
    def _printable(cls, name: str) -> str:
        if not name.strip() or not name.isprintable():
            raise Impossible(msg("This is not a name that can be printed."), EXPECTED["company"])
        return name.strip()

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        _require(code, list_currencies(), EXPECTED["currency"])
        return code

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        _require(name, available_timezones(), EXPECTED["timezone"])
        return name

    @field_validator("country")
    @classmethod
    def _known_country(cls, code: str) -> str:
        _require(code, countries(), EXPECTED["country"])
        return code

    @field_validator("province")
    @classmethod
    def _known_province(cls, code: str | None, info: ValidationInfo) -> str | None:
        country = info.data.get("country")  # missing when it was wrong itself
        if code is None or country is None:
            return code
        if known := provinces(country):
            _require(code, known, msg("Write one of: {choices}.", choices=known))
            return code
        raise Impossible(
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
EXPECTED: dict[str, Message] = {
    "company": msg("Write the company's name in quotes, 120 characters at most."),
    "locale": msg("Write one of: {choices}.", choices=[locale.value for locale in Locale]),
    "currency": msg("Write its three letters, such as CAD or EUR."),
    "timezone": msg("Write a name such as America/Montreal or Europe/Paris."),
    "country": msg("Write its two letters, such as CA or FR."),
    "province": msg("Write its letters, such as QC, or leave the province out."),
    "week_start": msg("Write one of: {choices}.", choices=[day.value for day in WeekStart]),
    "fiscal_year_start": msg("Write the month's number, from 1 to 12, without quotes."),
    "languages": msg(
        "Write some of these in brackets: {choices}.", choices=[locale.value for locale in Locale]
    ),
    "logo": msg("Write the name of a PNG or SVG file in this folder."),
    "meetings.first_on": msg("Write a day such as 2026-11-24."),
    "meetings.weekday": msg("Write one of: {choices}.", choices=[day.value for day in MeetingDay]),
    "meetings.starts_at": msg("Write a time such as 09:00."),
    "meetings.minutes": msg("Write a number of minutes from 10 to 240."),
    "meetings.monthly_week": msg("Write which full week of the month: 1, 2 or 3."),
    "meetings.monthly_minutes": msg("Write a number of minutes from 10 to 480."),
    "meetings.quarterly_week": msg("Write which full week of the quarter, from 1 to 12."),
    "meetings.quarterly_minutes": msg("Write a number of minutes from 10 to 480."),
    "first_steps.company_checked": msg("Write true or false."),
    "first_steps.people_checked": msg("Write true or false."),
    "first_steps.skipped": msg(
        "Write some of these in brackets: {choices}.", choices=[step.value for step in FirstStep]
    ),
    "salespeople.margins": msg("Write true or false."),
    "salespeople.colleagues": msg("Write true or false."),
    "login.idle_minutes": msg("Write a number of minutes from 1 to 1440."),
    "login.absolute_hours": msg("Write a number of hours from 1 to 168."),
    "login.providers": msg("Give each provider a table, such as [login.providers.microsoft]."),
    "login.providers.*.name": msg("Write what its button says, 60 characters at most."),
    "login.providers.*.issuer": msg(
        "Write the provider's address, such as https://accounts.google.com."
    ),
    "login.providers.*.client_id": msg("Write what the provider calls this application."),
    "mail.host": msg("Write the mail server's name, or leave it out to send nothing."),
    "mail.port": msg("Write the port's number, such as 587."),
    "mail.security": msg(
        "Write one of: {choices}.", choices=[security.value for security in MailSecurity]
    ),
    "mail.user": msg("Write the name that the mail server knows you by."),
    "mail.sender": msg("Write the address that mail comes from."),
    "retention.daily_backups": msg("Write a number of days from 1 to 366."),
    "retention.weekly_backups": msg("Write a number of weeks from 0 to 520."),
    "retention.monthly_backups": msg("Write a number of months from 0 to 240."),
}


def _require(word: str, known: Iterable[str], hint: Message) -> None:
    names = list(known)
    if word not in names:
        same = [name for name in names if name.lower() == word.lower()]
        nearest = did_you_mean(same[0] if same else word, names)
        raise Impossible(msg("'{text}' is not known.", text=word), nearest or hint)
