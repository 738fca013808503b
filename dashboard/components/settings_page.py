"""The company's settings: each part with its own button, so that a mistake in one holds up no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import format as formats
from dashboard.components.menu import LANGUAGE_NAMES
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.settings_words import (
    country_name,
    currency_name,
    month_name,
    named,
    security_name,
    shown,
)
from dashboard.mail import PASSWORD_VARIABLE
from dashboard.text import Language, alphabetical, language_of, render, text
from pipelines.errors import Message, msg
from pipelines.settings import (
    Locale,
    Logo,
    MailSecurity,
    Settings,
    WeekStart,
    countries,
    currencies,
    provinces,
    timezones,
)

#: Pixels; a form is read from top to bottom.
_WIDTH = 560

#: Called with the settings that somebody saw and what they want, by dotted key.
Save = Callable[[Settings, Mapping[str, Any]], None]


@dataclass(frozen=True)
class Form:
    """What a part of the page is drawn with.

    Attributes:
        round: Grows when the fields have to show the settings anew.
    """

    settings: Settings
    language: Language
    round: int
    save: Save

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return f"settings_{self.round}_{name}"

    def label(self, name: str) -> str:
        """Return what a setting is called."""
        return render(named(name), self.language)

    def values(self, *names: str) -> dict[str, Any]:
        """Return what stands in fields, as the settings write it."""
        return {name: _written(st.session_state[self.key(name)]) for name in names}

    def button(self, name: str, *fields: str, label: str, **always: Any) -> None:
        """Show the button that saves some fields.

        Args:
            label: Says what it saves: a page has several of them.
            always: What is saved with them.
        """

        def save() -> None:
            self.save(self.settings, {**self.values(*fields), **always})

        show_refusal(name, self.language)
        st.button(
            label,
            key=self.key(f"save_{name}"),
            on_click=beside(name, save),
            type="primary",
        )


def company_form(form: Form, *, label: str | None = None) -> None:
    """Show what holds for everybody: name, place, languages, money and calendar."""
    settings, language = form.settings, form.language
    with st.container(width=_WIDTH):
        st.text_input(
            form.label("company"), settings.company, max_chars=120, key=form.key("company")
        )
        _choice(form, "locale", list(Locale), _language_name)
        st.multiselect(
            form.label("languages"),
            list(Locale),
            default=list(settings.languages),
            format_func=_language_name,
            placeholder=text("The company's language only", language),
            help=text("The menu offers these; the company's own is always among them.", language),
            key=form.key("languages"),
        )
        with st.container(horizontal=True, gap="small"):
            _choice(
                form,
                "country",
                sorted(countries(), key=lambda code: alphabetical(country_name(code, language))),
                lambda code: country_name(code, language),
            )
            regions = provinces(st.session_state[form.key("country")])
            if regions:
                _choice(form, "province", regions, str, optional=True)
        _choice(form, "timezone", timezones(settings.timezone), str)
        _choice(
            form,
            "currency",
            currencies(settings.currency),
            lambda code: currency_name(code, language),
        )
        with st.container(horizontal=True, gap="small"):
            _choice(form, "week_start", list(WeekStart), lambda day: _day_name(day, language))
            _choice(
                form,
                "fiscal_year_start",
                list(range(1, 13)),
                lambda month: month_name(month, language),
            )
        for consequence in _consequences(form):
            st.warning(plain(render(consequence, language)), icon=":material/info:")
        fields = ["company", "country", "timezone", "locale", "languages", "currency"]
        fields += ["week_start", "fiscal_year_start", *(["province"] if regions else [])]
        always: dict[str, Any] = {"first_steps.company_checked": True}
        if not regions:
            always["province"] = None
        label = label or text("Save the company", language)
        form.button("company", *fields, label=label, **always)


def logo_form(
    form: Form, logo: Logo | None, save: Callable[[Settings, bytes | None], None]
) -> None:
    """Show the logo, and the field that takes another."""
    language = form.language
    with st.container(width=_WIDTH):
        if logo is not None:
            # as a data-URI: pictures that Streamlit serves itself are open to anybody
            st.html(
                f'<img src="{logo.data_uri}" alt="" style="max-width: 10rem; max-height: 5rem">'
            )
        with st.container(key="logo_upload"), st.form(form.key("logo_form"), border=False):
            file = st.file_uploader(
                text("A PNG or SVG file, 500 KB at most", language),
                type=["png", "svg"],
                key=form.key("logo"),
            )
            sent = st.form_submit_button(text("Show this logo", language))
        if sent and file is not None:
            beside("logo", save)(form.settings, file.getvalue())
            st.rerun()
        show_refusal("logo", language)
        if logo is not None:
            st.button(
                text("Remove the logo", language),
                key=form.key("no_logo"),
                on_click=beside("logo", save),
                args=(form.settings, None),
            )


def meeting_form(form: Form, proposed: Any = None, *, label: str | None = None) -> None:
    """Show the date of the first meeting.

    Args:
        proposed: The day to propose while there is none.
    """
    with st.container(width=_WIDTH):
        st.date_input(
            form.label("meetings.first_on"),
            form.settings.meetings.first_on or proposed,
            format=formats.date_field(form.language),
            key=form.key("meetings.first_on"),
            width=200,
        )
        label = label or text("Save the first meeting", form.language)
        form.button("meeting", "meetings.first_on", label=label)


def mail_form(form: Form) -> None:
    """Show the mail server."""
    mail, language = form.settings.mail, form.language
    with st.container(width=_WIDTH):
        _line(form, "mail.host", mail.host, "smtp.example.com")
        with st.container(horizontal=True, gap="small"):
            _number(form, "mail.port", mail.port, 1, 65535)
            st.selectbox(
                form.label("mail.security"),
                list(MailSecurity),
                index=list(MailSecurity).index(mail.security),
                format_func=lambda one: security_name(one, language),
                key=form.key("mail.security"),
                width=290,  # its choices in full; on a telephone, in a line of its own
            )
        _line(form, "mail.user", mail.user, "")
        _line(form, "mail.sender", mail.sender, "cap90@example.com")
        st.caption(
            plain(
                text(
                    "The password is not kept here: whoever starts Cap 90 sets it in the "
                    "environment variable {variable}.",
                    language,
                    variable=PASSWORD_VARIABLE,
                )
            )
        )
        names = ("mail.host", "mail.port", "mail.security", "mail.user", "mail.sender")
        form.button("mail", *names, label=text("Save the mail server", language))


def test_button(form: Form, address: str | None) -> bool:
    """Show the button that sends a letter; tell whether somebody has just pressed it."""
    language = form.language
    return st.button(
        plain(text("Send a test message to {address}", language, address=address))
        if address
        else text("Send a test message", language),
        key="mail_test",
        help=text("With the settings that are saved.", language),
        disabled=address is None,
    )


def owner_form(form: Form) -> None:
    """Show what the owner alone decides: what salespeople see, logins, backups."""
    settings, language = form.settings, form.language
    with st.container(width=_WIDTH):
        st.subheader(text("What salespeople see", language), anchor=False)
        st.caption(text("The company's totals and everything of their own, in any case.", language))
        for name, value in (
            ("salespeople.colleagues", settings.salespeople.colleagues),
            ("salespeople.margins", settings.salespeople.margins),
        ):
            st.checkbox(form.label(name), value, key=form.key(name))
        form.button(
            "salespeople",
            "salespeople.colleagues",
            "salespeople.margins",
            label=text("Save what salespeople see", language),
        )
        st.subheader(text("Logins", language), anchor=False)
        with st.container(horizontal=True, gap="small"):
            _number(form, "login.idle_minutes", settings.login.idle_minutes, 1, 1440)
            _number(form, "login.absolute_hours", settings.login.absolute_hours, 1, 168)
        form.button(
            "login",
            "login.idle_minutes",
            "login.absolute_hours",
            label=text("Save the logins", language),
        )
        st.subheader(text("Backups", language), anchor=False)
        with st.container(horizontal=True, gap="small"):
            kept = settings.retention
            _number(form, "retention.daily_backups", kept.daily_backups, 1, 366)
            _number(form, "retention.weekly_backups", kept.weekly_backups, 0, 520)
            _number(form, "retention.monthly_backups", kept.monthly_backups, 0, 240)
        names = ("daily_backups", "weekly_backups", "monthly_backups")
        form.button(
            "retention",
            *(f"retention.{name}" for name in names),
            label=text("Save the backups to keep", language),
        )


def _consequences(form: Form) -> list[Message]:
    """Return what a change would do to numbers that people know, before it is saved."""
    wanted = form.values("currency", "week_start", "fiscal_year_start")
    settings = form.settings
    found = []
    if wanted["currency"] != settings.currency:
        found.append(
            msg(
                "Amounts whose file names no currency, and targets, will count as {new} instead "
                "of {old}. Nothing is converted.",
                new=wanted["currency"],
                old=settings.currency,
            )
        )
    if wanted["week_start"] != settings.week_start:
        found.append(
            msg(
                "All weeks, past ones too, will run from {day}: their figures, natural limits and "
                "shares of targets are computed anew. Numbers typed per week stay with the week "
                "that holds most of theirs. Reports that were sent keep what they say.",
                day=shown("week_start", wanted["week_start"]),
            )
        )
    if wanted["fiscal_year_start"] != settings.fiscal_year_start:
        found.append(
            msg(
                "Quarters and fiscal years, past ones too, will be counted from {month}: their "
                "figures and shares of targets are computed anew. Reports that were sent keep "
                "what they say.",
                month=shown("fiscal_year_start", wanted["fiscal_year_start"]),
            )
        )
    return found


def _choice(
    form: Form,
    name: str,
    options: Any,
    phrase: Callable[[Any], str],
    *,
    optional: bool = False,
) -> None:
    current = getattr(form.settings, name)
    known = list(options)
    st.selectbox(
        form.label(name),
        known,
        index=known.index(current) if current in known else None if optional else 0,
        format_func=phrase,
        placeholder=text("None", form.language),
        key=form.key(name),
    )


def _line(form: Form, name: str, value: str | None, example: str) -> None:
    st.text_input(form.label(name), value or "", placeholder=example, key=form.key(name))


def _number(form: Form, name: str, value: int, least: int, most: int) -> None:
    st.number_input(form.label(name), least, most, value, key=form.key(name))


def _written(value: Any) -> Any:
    """Return what a field holds as the settings write it."""
    match value:
        case str():  # the enumerations too
            return str(value).strip() or None
        case list():
            return [_written(one) for one in value]
        case int() | None:
            return value
        case _:
            return value.isoformat()


def _language_name(locale: Locale) -> str:
    return LANGUAGE_NAMES[language_of(locale)]


def _day_name(day: WeekStart, language: Language) -> str:
    return render(shown("week_start", day.value), language)
