"""What the company's settings are called, and their values in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name

from dashboard.components.menu import LANGUAGE_NAMES
from dashboard.text import LANGUAGES, Language, language_of, text
from pipelines.errors import Message, msg
from pipelines.settings import FirstStep, MailSecurity, Settings


def named(key: str) -> Message:
    """Return what a setting is called, by its dotted key; its key if nobody named it."""
    found = _NAMES.get(key) or _NAMES.get(key.rpartition(".")[0])
    return found or msg("{key}", key=key)


def shown(key: str, value: Any) -> Message:
    """Return a setting's value in words."""
    if value is None or value in ("", [], ()):
        return msg("nothing")
    if isinstance(value, bool | str) and value in _WORDS:
        return _WORDS[value]
    formed = _FORMS.get(key)
    return formed(value) if formed else msg("{value}", value=value)


def step_name(step: FirstStep) -> Message:
    """Return what one of the first steps is called."""
    return _STEPS[step]


def currency_name(code: str, language: Language) -> str:
    """Return a currency with its code: CAD, dollar canadien."""
    name = get_currency_name(code, locale=language)
    return code if name == code else f"{code} · {name}"


def country_name(code: str, language: Language) -> str:
    """Return a country."""
    return str(Locale.parse(language).territories.get(code, code))


def month_name(month: int, language: Language) -> str:
    """Return a month, as a choice shows it."""
    name: str = Locale.parse(language).months["stand-alone"]["wide"][month]
    return name.capitalize() if language == "en" else name


def security_name(security: MailSecurity, language: Language) -> str:
    """Return how the way to a mail server is protected."""
    match security:
        case MailSecurity.STARTTLS:
            return text("STARTTLS (usually port 587)", language)
        case MailSecurity.TLS:
            return text("TLS (usually port 465)", language)
        case MailSecurity.NONE:
            return text("None (a server on this computer)", language)


def offered(settings: Settings) -> tuple[Language, ...]:
    """Return the languages that people may choose from; the company's own is always one."""
    chosen = {language_of(locale) for locale in (*settings.languages, settings.locale)}
    return tuple(language for language in LANGUAGES if language in chosen)


_NAMES = {
    "company": msg("Name of the company"),
    "locale": msg("Language of the company"),
    "languages": msg("Languages on offer"),
    "currency": msg("Currency"),
    "timezone": msg("Time zone"),
    "country": msg("Country"),
    "province": msg("Province or region"),
    "week_start": msg("First day of the week"),
    "fiscal_year_start": msg("First month of the fiscal year"),
    "logo": msg("Logo"),
    "meetings.first_on": msg("Date of the first meeting"),
    "meetings.weekday": msg("Day of the week"),
    "meetings.starts_at": msg("Begins at"),
    "meetings.minutes": msg("Minutes of the weekly meeting"),
    "meetings.monthly_week": msg("Full week of the month, for the gap review"),
    "meetings.monthly_minutes": msg("Minutes of the gap review"),
    "meetings.quarterly_week": msg("Full week of the quarter, for the quarterly review"),
    "meetings.quarterly_minutes": msg("Minutes of the quarterly review"),
    "salespeople.margins": msg("Salespeople see margins"),
    "salespeople.colleagues": msg("Salespeople see their colleagues' figures"),
    "login.idle_minutes": msg("Minutes without a click until a login ends"),
    "login.absolute_hours": msg("Hours until every login ends"),
    "login.providers": msg("Login by other providers"),
    "mail.host": msg("Address of the mail server"),
    "mail.port": msg("Port"),
    "mail.security": msg("Protection"),
    "mail.user": msg("User at the mail server"),
    "mail.sender": msg("Sender's address"),
    "retention.daily_backups": msg("Daily backups kept"),
    "retention.weekly_backups": msg("Weekly backups kept"),
    "retention.monthly_backups": msg("Monthly backups kept"),
    "first_steps.company_checked": msg("The company's settings were looked over"),
    "first_steps.people_checked": msg("The list of people was looked over"),
    "first_steps.skipped": msg("First steps that were skipped"),
}
_MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)
_STEPS = {
    FirstStep.COMPANY: msg("The company"),
    FirstStep.PEOPLE: msg("The people"),
    FirstStep.FILES: msg("A first export"),
    FirstStep.QUESTIONS: msg("What the export leaves open"),
    FirstStep.KPIS: msg("Five to seven KPIs"),
    FirstStep.TARGETS: msg("Targets"),
    FirstStep.MEETING: msg("The first meeting"),
}
_WORDS: dict[bool | str, Message] = {
    "monday": msg("Monday"),
    "tuesday": msg("Tuesday"),
    "wednesday": msg("Wednesday"),
    "thursday": msg("Thursday"),
    "friday": msg("Friday"),
    "saturday": msg("Saturday"),
    "sunday": msg("Sunday"),
    True: msg("yes"),
    False: msg("no"),
}
_FORMS: dict[str, Callable[[Any], Message]] = {
    "locale": lambda locale: msg("{value}", value=LANGUAGE_NAMES[language_of(locale)]),
    "languages": lambda locales: msg(
        "{value}", value=[LANGUAGE_NAMES[language_of(locale)] for locale in locales]
    ),
    "fiscal_year_start": lambda month: _MONTHS[month - 1],
    "meetings.first_on": lambda day: msg("{value}", value=date.fromisoformat(day)),
    "mail.port": lambda port: msg("{value}", value=str(port)),
    "first_steps.skipped": lambda steps: msg(
        "{value}", value=[step_name(FirstStep(step)) for step in steps]
    ),
}
