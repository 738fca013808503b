"""What a company says about itself once: ``cap90.toml``."""

from enum import StrEnum
from zoneinfo import ZoneInfo, available_timezones

import holidays
from babel.numbers import list_currencies
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from pipelines.periods import Calendar, Weekday


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


class Settings(BaseModel):
    """The company's settings; every key has a default that ``cap90 init`` writes out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    company: str = Field(default="Cap 90", min_length=1, max_length=120)
    locale: Locale = Locale.EN
    currency: str = "CAD"
    timezone: str = "America/Montreal"
    country: str = "CA"
    province: str | None = None
    week_start: WeekStart = WeekStart.MONDAY
    fiscal_year_start: int = Field(default=1, ge=1, le=12)

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        if code not in list_currencies():
            raise ValueError(code)
        return code

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(name)
        return name

    @model_validator(mode="after")
    def _known_place(self) -> "Settings":
        holidays.country_holidays(self.country, subdiv=self.province)
        return self

    @property
    def calendar(self) -> Calendar:
        """The company's division of time."""
        start = Weekday.SUNDAY if self.week_start is WeekStart.SUNDAY else Weekday.MONDAY
        return Calendar(start, self.fiscal_year_start)

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.timezone)
