"""What a company says about itself once: ``cap90.toml``."""

from pipelines.settings.file import (
    FILE_NAME,
    document,
    load,
    save,
    settings_from,
    written_locale,
)
from pipelines.settings.logo import Logo, checked_logo, read_logo
from pipelines.settings.model import (
    FirstStep,
    FirstSteps,
    Locale,
    Login,
    Mail,
    MailSecurity,
    Meetings,
    Provider,
    Retention,
    Salespeople,
    Settings,
    WeekStart,
)
from pipelines.settings.usual import (
    countries,
    currencies,
    provinces,
    timezones,
    usual_currency,
    usual_timezone,
)

__all__ = [
    "FILE_NAME",
    "FirstStep",
    "FirstSteps",
    "Locale",
    "Login",
    "Logo",
    "Mail",
    "MailSecurity",
    "Meetings",
    "Provider",
    "Retention",
    "Salespeople",
    "Settings",
    "WeekStart",
    "checked_logo",
    "countries",
    "currencies",
    "document",
    "load",
    "provinces",
    "read_logo",
    "save",
    "settings_from",
    "timezones",
    "usual_currency",
    "usual_timezone",
    "written_locale",
]
