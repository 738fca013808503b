"""The company's settings are changed in the app, by whoever may, and hold at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import company, data, session
from dashboard.access.accounts import add_account
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from dashboard.report import weekly_pdf
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.journal import Change, changes_after
from pipelines.periods import Grain
from pipelines.settings import FILE_NAME, MeetingDay, WeekStart, checked_logo
from tests.builders.mail_server import mail_server
from tests.builders.pages import OWNER, empty_company, given, open_page, showing, texts

MANAGER = Visitor("Marc Roy", Role.MANAGER)
SALESPERSON = Visitor("Luc Gagnon", Role.SALESPERSON, names=frozenset({"Luc Gagnon"}))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


def field(page: AppTest, kind: str, name: str) -> Any:
    """Return a field by the end of its key, which also counts how often the page was saved."""
    (found,) = (one for one in page.get(kind) if one.key and one.key.endswith(f"_{name}"))
    return found


def press(page: AppTest, name: str) -> AppTest:
    field(page, "button", name).click()
    return page.run()


def noted(context: Context) -> list[Change]:
    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    return [change for change in changes if change.what == "settings.changed"]


def settings_file(context: Context) -> Path:
    return context.workspace.root / FILE_NAME


def test_a_new_name_is_on_every_page_at_once_and_in_the_journal(begun: Context) -> None:
    page = open_page(Place.SETTINGS, lang="en")
    field(page, "text_input", "company").set_value("Érable inc.")
    page = press(page, "save_company")

    assert not page.error
    assert given(page, "menu")["company"] == "Érable inc."
    assert given(open_page(lang="en", week="2026-W46"), "menu")["company"] == "Érable inc."
    (change,) = noted(begun)
    assert (change.actor, change.subject) == ("Louise Gagnon", "settings")
    assert change.before == {"company": "Atelier Neuf", "first_steps.company_checked": False}
    assert change.after == {"company": "Érable inc.", "first_steps.company_checked": True}


def test_comments_of_the_file_stay(begun: Context) -> None:
    written = settings_file(begun).read_text(encoding="utf-8")
    settings_file(begun).write_text("# ours: ask Luc first\n" + written, encoding="utf-8")

    company.change(company.settings(), {"currency": "EUR"})

    assert "# ours: ask Luc first\n" in settings_file(begun).read_text(encoding="utf-8")
    assert session.served().workspace.settings.currency == "EUR"


def test_what_changes_numbers_says_so_before_it_is_saved(begun: Context) -> None:
    page = open_page(Place.SETTINGS, lang="en")
    field(page, "selectbox", "currency").set_value("EUR")
    field(page, "selectbox", "week_start").set_value(WeekStart.SUNDAY)
    field(page, "selectbox", "fiscal_year_start").set_value(4)
    page.run()

    said = [warning.value for warning in page.warning]
    assert said[0].startswith(
        "Amounts whose file names no currency, and targets, will count as EUR"
    )
    assert "All weeks, past ones too, will run from Sunday" in said[1]
    assert "counted from April" in said[2]
    assert company.settings().currency == "CAD"  # nothing is saved yet

    page = press(page, "save_company")
    assert not page.warning
    assert session.current().calendar.period(Grain.WEEK, begun.today()).start.isoweekday() == 7


@pytest.mark.usefixtures("begun")
def test_numbers_that_were_kept_ready_follow_new_settings() -> None:
    weeks = data.entries.recent_periods(Grain.WEEK)
    company.change(company.settings(), {"week_start": "sunday"})

    assert {week.start.isoweekday() for week in weeks} == {1}
    assert {week.start.isoweekday() for week in data.entries.recent_periods(Grain.WEEK)} == {7}


@pytest.mark.usefixtures("begun")
def test_the_menu_offers_the_languages_that_the_company_offers() -> None:
    company.change(company.settings(), {"languages": ["fr-CA"], "locale": "fr-CA"})

    page = open_page(Place.SETTINGS, lang="en")

    assert page.title[0].value == "Paramètres"
    assert [one["key"] for one in given(page, "menu")["languages"]] == ["fr_CA"]


def test_an_impossible_value_is_named_as_the_page_names_it(begun: Context) -> None:
    page = open_page(Place.SETTINGS, lang="en")
    field(page, "text_input", "company").set_value("  ")
    page = press(page, "save_company")

    (error,) = page.error
    assert error.value.startswith("Name of the company")
    assert "Write the name in 120 characters at most." in error.value
    assert noted(begun) == []


@pytest.mark.usefixtures("begun")
def test_two_people_who_change_the_same_thing_see_both() -> None:
    page = open_page(Place.SETTINGS, lang="en")
    field(page, "text_input", "company").set_value("Mine inc.")
    with session.acting_as(MANAGER):
        company.change(company.settings(), {"company": "Theirs inc."})

    page = press(page, "save_company")

    assert company.settings().company == "Theirs inc."
    said = texts(page)
    assert "Name of the company: Mine inc." in said
    assert "Name of the company: Theirs inc." in said
    assert field(page, "text_input", "company").value == "Theirs inc."

    page.button(key="keep_mine_0").click().run()
    assert company.settings().company == "Mine inc."


def test_two_people_who_change_different_things_lose_nothing(begun: Context) -> None:
    seen = company.settings()
    with session.acting_as(MANAGER):
        company.change(seen, {"mail.host": "smtp.erable.ca"})

    company.change(seen, {"company": "Érable inc."})

    now = company.settings()
    assert (now.company, now.mail.host) == ("Érable inc.", "smtp.erable.ca")
    assert [list(change.after or {}) for change in noted(begun)] == [["mail.host"], ["company"]]


def test_a_change_by_hand_in_the_file_counts_like_anybodys(begun: Context) -> None:
    seen = company.settings()
    path = settings_file(begun)
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace("Atelier Neuf", "By hand inc."), encoding="utf-8")

    with pytest.raises(Conflict):
        company.change(seen, {"company": "Érable inc."})
    assert company.settings().company == "By hand inc."


def test_a_file_that_somebody_broke_is_a_sentence(begun: Context) -> None:
    settings_file(begun).write_text('company = "Half', encoding="utf-8")

    page = open_page(Place.SETTINGS, lang="en")

    assert page.error
    assert page.error[0].value.startswith("cap90.toml: Line 1 cannot be understood.")
    assert given(page, "menu")["company"] == "Atelier Neuf"  # the rest goes on as it was


@pytest.mark.parametrize(
    "wanted",
    [
        {"salespeople.margins": True},
        {"salespeople.colleagues": True},
        {"login.idle_minutes": 60},
        {"retention.daily_backups": 1},
    ],
)
def test_what_the_owner_alone_decides_is_refused_to_a_manager(
    begun: Context, wanted: dict[str, Any]
) -> None:
    with session.acting_as(MANAGER), pytest.raises(AccessRefused):
        company.change(company.settings(), wanted)
    assert noted(begun) == []

    company.change(company.settings(), wanted)
    assert noted(begun)[0].after == wanted


def test_a_manager_does_not_see_what_the_owner_alone_decides(begun: Context) -> None:
    assert "What salespeople see" in texts(open_page(Place.SETTINGS, lang="en"))
    with showing(begun, MANAGER):
        page = open_page(Place.SETTINGS, lang="en")
    assert "What salespeople see" not in texts(page)


def test_nobody_else_changes_anything(begun: Context) -> None:
    with session.acting_as(SALESPERSON):
        for work in (
            lambda: company.change(company.settings(), {"company": "Mine"}),
            lambda: company.change_logo(company.settings(), SVG),
            lambda: company.send_test("en"),
        ):
            with pytest.raises(AccessRefused):
                work()
    assert noted(begun) == []


def test_a_logo_is_in_the_menu_and_on_paper(begun: Context) -> None:
    company.change_logo(company.settings(), SVG)

    assert (begun.workspace.root / "logo.svg").is_file()
    page = open_page(Place.SETTINGS, lang="en")
    assert given(page, "menu")["logo"].startswith("data:image/svg+xml;base64,")
    calendar = begun.calendar
    review = data.reviews.review(calendar.last_finished(Grain.WEEK, begun.today()))
    plain = weekly_pdf(review, "en", calendar=calendar)
    assert len(data.reviews.weekly_pdf(review, "en")) > len(plain)
    (change,) = noted(begun)
    assert (change.before or {})["logo"] is None
    assert (change.after or {})["logo"] == "logo.svg"

    company.change_logo(company.settings(), None)
    assert given(open_page(Place.SETTINGS, lang="en"), "menu")["logo"] is None
    assert data.reviews.weekly_pdf(review, "en") == plain


@pytest.mark.usefixtures("begun")
def test_a_logo_that_does_something_is_refused_and_the_old_one_stays() -> None:
    company.change_logo(company.settings(), SVG)

    with pytest.raises(Refused, match="more than shapes"):
        company.change_logo(company.settings(), SVG.replace(b"<path", b"<script/><path"))
    assert company.logo() == checked_logo(SVG)


def with_account() -> Visitor:
    account = add_account(
        session.access(), OWNER, email="louise@erable.ca", name="Louise", role=Role.OWNER
    )
    return Visitor("Louise", Role.OWNER, account_id=account.account_id)


def test_the_test_button_writes_a_file_while_there_is_no_server(begun: Context) -> None:
    with showing(begun, with_account()):
        page = open_page(Place.SETTINGS, lang="en")
        button = page.button(key="mail_test")
        said = button.label.replace("\N{WORD JOINER}", "")  # it keeps an address from being a link
        assert said == "Send a test message to louise@erable.ca"
        page = button.click().run()

    (letter,) = begun.workspace.outbox.glob("*.eml")
    assert b"To: louise@erable.ca" in letter.read_bytes()
    assert any("No mail server is set up" in toast.value for toast in page.toast)


@pytest.mark.usefixtures("begun")
def test_the_test_button_sends_to_whoever_presses_it() -> None:
    with mail_server() as server:
        wanted = {"mail.host": "127.0.0.1", "mail.port": server.port, "mail.security": "none"}
        company.change(company.settings(), wanted | {"mail.sender": "cap90@erable.ca"})
        with showing(session.served(), with_account()):
            page = open_page(Place.SETTINGS, lang="fr_CA")
            page = page.button(key="mail_test").click().run()

    (letter,) = server.letters
    assert b"To: louise@erable.ca" in letter
    assert any("est en route" in toast.value for toast in page.toast)


@pytest.mark.usefixtures("begun")
def test_a_server_that_is_not_there_is_a_sentence_on_the_page() -> None:
    with mail_server() as server:
        wanted = {"mail.host": "127.0.0.1", "mail.port": server.port, "mail.security": "none"}
    company.change(company.settings(), wanted)

    with showing(session.served(), with_account()):
        page = open_page(Place.SETTINGS, lang="en")
        page = page.button(key="mail_test").click().run()

    assert "No mail server listens there." in page.error[0].value


@pytest.mark.usefixtures("begun")
def test_without_an_address_there_is_no_test_to_send() -> None:
    page = open_page(Place.SETTINGS, lang="en")

    assert page.button(key="mail_test").disabled
    with pytest.raises(Refused, match="no e-mail address"):
        company.send_test("en")


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("language", ["en", "fr", "fr_CA"])
def test_every_button_says_what_it_saves_and_no_heading_is_also_a_field(language: str) -> None:
    page = open_page(Place.SETTINGS, lang=language)

    labels = [button.label for button in page.button]
    assert len(labels) == len(set(labels))
    assert not {"Save", "Enregistrer"} & set(labels)
    headings = {heading.value for heading in page.subheader}
    assert not headings & {field.label for field in page.text_input}


def said(page: AppTest) -> str:
    """Return what a page says, without what keeps Markdown from reading it."""
    return texts(page).replace("\\", "").replace("\u202f", " ")


def test_the_rhythm_is_changed_on_the_page_and_says_when_people_meet_next(begun: Context) -> None:
    company.change(company.settings(), {"meetings.first_on": "2026-11-17"})
    page = open_page(Place.SETTINGS, lang="en")
    assert "Weekly sales meeting: Tuesday, November 17, 2026, 9:00" in said(page)
    # full weeks of December 2026 begin on the 7th, those of the next quarter on 4 January 2027
    assert "Monthly gap review: Tuesday, December 8, 2026, 9:30" in said(page)
    assert "Quarterly review: Tuesday, January 12, 2027, 9:30" in said(page)

    field(page, "selectbox", "meetings.weekday").set_value(MeetingDay.THURSDAY)
    field(page, "text_input", "meetings.starts_at").set_value("14:15")
    field(page, "number_input", "meetings.minutes").set_value(45)
    page = press(page, "save_rhythm")

    assert not page.error
    meetings = session.served().workspace.settings.meetings
    assert (meetings.day, meetings.starts_at, meetings.minutes) == (
        MeetingDay.THURSDAY,
        "14:15",
        45,
    )
    # the first one stays on the day that was chosen for it
    assert "Weekly sales meeting: Tuesday, November 17, 2026, 2:15" in said(page)
    assert "Monthly gap review: Thursday, December 10, 2026, 3:00" in said(page)
    assert {change.what for change in noted(begun)} == {"settings.changed"}


@pytest.mark.usefixtures("begun")
def test_a_time_that_is_none_is_refused_in_words() -> None:
    page = open_page(Place.SETTINGS, lang="en")
    field(page, "text_input", "meetings.starts_at").set_value("9h")
    page = press(page, "save_rhythm")

    (error,) = page.error
    assert "Begins at" in error.value
    assert "09:00" in error.value.replace("\\", "")
