"""The pages about accounts, one's own account and the audit trail, opened as a browser opens them."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, session
from dashboard.access import accounts, links, redeem, second_factor
from dashboard.access.accounts import Account, State
from dashboard.access.external import link_external
from dashboard.access.login import Entered
from dashboard.access.rights import Capability, Role
from dashboard.access.visitor import Visitor
from dashboard.components import audit_words
from dashboard.components import conflict as panel
from dashboard.components.browsers import browser_name
from dashboard.navigation import Place, title
from dashboard.rhythm import actions
from pipelines import clock
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict
from pipelines.people.person import Details
from pipelines.people.register import add_person
from tests.builders.pages import OWNER, empty_company, open_page, showing, texts

PASSWORD = "four quiet herons wade"  # noqa: S105 - of a test
#: Montréal is five hours behind UTC in November.
MONDAY_EVENING = datetime.fromisoformat("2026-11-17T02:30")


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


def action(context: Context, by: str = "Louise Gagnon") -> None:
    hands = context.by(Actor(by))
    actions.add_action(hands, "Call Érable", "Marc", date(2026, 11, 20))
    actions.rename(hands, 1, 1, "Call Érable & fils")


def account(role: Role = Role.MANAGER, email: str = "marc@example.com") -> Account:
    return accounts.add_account(session.access(), OWNER, email=email, name="Marc Roy", role=role)


def logged_in(role: Role = Role.OWNER) -> Visitor:
    """Take an account all the way to a login session, and return who it is."""
    made = account(role)
    access = session.access()
    entered = redeem.redeem(
        access, links.invite(access, OWNER, made.account_id), password=PASSWORD, address="::1"
    )
    assert isinstance(entered, Entered)
    visitor = access.sessions.find(entered.token, active=True)
    assert visitor is not None
    return visitor


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (button for button in page.button if button.label == label)
    return button.click().run()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Action renamed: Call Érable & fils", "Nov 16, 2026, 9:30 PM · Louise Gagnon")),
        ("fr", ("Action renommée : Call Érable & fils", "16 nov. 2026, 21:30 · Louise Gagnon")),
        ("fr_CA", ("Action renommée : Call Érable & fils", "16 nov. 2026, 21 h 30 · Louise")),
    ],
)
def test_the_trail_reads_as_sentences_at_the_companys_time(
    company: Context, monkeypatch: pytest.MonkeyPatch, language: str, said: tuple[str, str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY_EVENING)
    action(company)

    shown = " ".join(texts(open_page(Place.AUDIT, lang=language)).replace("\\", "").split())

    for words in said:
        assert words in shown
    assert "Call Érable → Call Érable & fils" in shown


def test_the_page_says_that_the_chain_is_unbroken_or_where_it_broke(company: Context) -> None:
    action(company)
    assert "The chain is unbroken: 2 entries." in texts(open_page(Place.AUDIT))
    store = session.access().store

    def tamper(connection: Any) -> None:
        connection.execute("drop trigger audit_is_not_changed")
        connection.execute("update audit set actor = 'Nobody' where number = 2")

    store.write(tamper)
    account()  # the page looks again once there is something new

    page = open_page(Place.AUDIT)
    assert "broken at entry 2" in page.error[0].value


def test_a_filter_leaves_only_what_is_looked_for(company: Context) -> None:
    action(company)
    action(company, by="Marc")
    page = open_page(Place.AUDIT)

    page.selectbox(key="audit_actor").select("Marc").run()
    assert "Marc" in texts(page)
    assert "· Louise Gagnon" not in texts(page)
    page.text_input(key="audit_words").input("no such thing").run()
    assert "There is no such entry." in texts(page)


def test_a_day_of_the_filter_is_a_day_at_the_company(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY_EVENING)
    action(company)
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)

    assert data.access.trail(data.access.Search(first=monday, last=monday)).found == 2
    assert data.access.trail(data.access.Search(first=tuesday)).found == 0


def test_a_long_trail_has_pages(company: Context) -> None:
    for number in range(data.access.PAGE + 3):
        actions.add_action(company, f"Action {number}", "Marc", date(2026, 11, 20))
    page = open_page(Place.AUDIT)

    assert "Action added: Action 27" in texts(page)
    press(page, "Older")
    assert "Action added: Action 2" in texts(page)
    assert "Action added: Action 27" not in texts(page)
    press(page, "Newer")
    assert "Action added: Action 27" in texts(page)


def test_an_owner_restores_a_former_value_with_a_reason(company: Context) -> None:
    action(company)
    page = open_page(Place.AUDIT)

    page.button(key="restore_2").click().run()
    assert "Title: Call Érable & fils → Call Érable" in texts(page)
    page.text_input(key="restore_reason").input("Marc meant another one")
    (sure,) = (one for one in page.button if "FormSubmitter:restore" in str(one.key))
    sure.click().run()

    (found,) = actions.list_actions(company)
    assert found.title == "Call Érable"
    assert "Former value restored: Call Érable & fils" in texts(page)
    assert "Reason: Marc meant another one" in texts(page)


def test_the_csv_says_the_same_and_starts_no_formula(company: Context) -> None:
    actions.add_action(company, "=1+1", "@Marc", date(2026, 11, 20))

    said = data.access.audit_csv(data.access.Search(), "en").decode("utf-8-sig")

    header, row = said.splitlines()
    assert header.startswith("Number,When,Moment (UTC),By whom,What,Change")
    assert "Action added: =1+1" in row
    assert ",=" not in row
    assert ",@" not in row


def test_a_search_survives_its_way_through_a_link() -> None:
    for search in (
        data.access.Search(),
        data.access.Search(actor="", what="target.set", words="é"),
        data.access.Search("Marc", None, "action 1", date(2026, 1, 2), date(2026, 2, 1)),
    ):
        assert data.access.Search.of_parameters(search.as_parameters()) == search


def test_the_list_of_accounts_says_who_may_log_in_as_what(company: Context) -> None:
    with showing(company, logged_in()):
        page = open_page(Place.ACCOUNTS, lang="en")
        (row,) = tables(page)["Accounts"]

    assert row[:5] == ["Marc Roy", "marc@example.com", "Company owner", "–", "active"]
    assert "2026" in row[5]
    assert row[6] == "no"


@pytest.mark.usefixtures("company")
def test_the_table_of_rights_is_the_one_that_decides() -> None:
    rows = tables(open_page(Place.ACCOUNTS, lang="en"))["What each role may do"]

    assert len(rows) == len(Capability)
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Reading the audit trail"] == ["yes", "–", "–", "–"]
    assert by_name["Reading closed reviews"] == ["yes", "yes", "yes", "yes"]


@pytest.mark.usefixtures("company")
def test_adding_an_account_gives_the_invitation_link_once() -> None:
    page = open_page(Place.ACCOUNTS, lang="en")
    page.text_input(key="account_name").input("Zoé Roy")
    page.text_input(key="account_email").input("zoe@example.com")
    page.selectbox(key="account_role").select(Role.VIEWER)
    press(page, "Add the account")

    (shown,) = (code.value for code in page.code)
    token = shown.rpartition("/")[2]
    link = links.look_up(session.access(), token)
    assert link.account is not None
    assert (link.account.name, link.account.role) == ("Zoé Roy", Role.VIEWER)
    assert [code.value for code in page.run().code] == []


def test_a_salesperson_is_linked_to_the_person_of_their_name_or_said_to_be_nobody(
    company: Context,
) -> None:
    person = add_person(company, Details("Zoé Roy"))
    page = open_page(Place.ACCOUNTS, lang="en")
    for name, email in (("zoe roy", "zoe@example.com"), ("Luc Gagnon", "luc@example.com")):
        page.text_input(key="account_name").input(name)
        page.text_input(key="account_email").input(email)
        page.selectbox(key="account_role").select(Role.SALESPERSON)
        page = press(page, "Add the account")
        if page.error:
            assert "Zoé Roy is among the people" in page.error[0].value
            assert page.selectbox(key="account_person").value == person.person_id
            page = press(page, "Add the account")
            page.selectbox(key="account_person").set_value(None)

    linked = {one.email: one.person_id for one in accounts.list_accounts(session.access())}
    assert linked["zoe@example.com"] == person.person_id
    assert linked["luc@example.com"] is None
    rows = {row[1]: row[3] for row in tables(open_page(Place.ACCOUNTS, lang="en"))["Accounts"]}
    assert rows["zoe@example.com"] == "Zoé Roy"
    assert rows["luc@example.com"] == "nobody: sees no rows of their own"


@pytest.mark.usefixtures("company")
def test_a_role_is_changed_and_an_account_disabled_and_enabled() -> None:
    made = account()
    page = open_page(Place.ACCOUNTS, lang="en")
    page.selectbox(key="account_changed").select(made.account_id).run()
    page.selectbox(key=f"role_{made.account_id}_1").select(Role.SALESPERSON).run()
    press(page, "Change the role")
    assert accounts.get_account(session.access(), made.account_id).role is Role.SALESPERSON

    press(page, "Disable")
    assert accounts.get_account(session.access(), made.account_id).state is State.DISABLED
    press(page, "Enable")
    assert accounts.get_account(session.access(), made.account_id).state is State.INVITED


def test_the_last_owner_can_neither_be_disabled_nor_made_something_else(company: Context) -> None:
    with showing(company, logged_in()):
        page = open_page(Place.ACCOUNTS, lang="en")
        page.selectbox(key="account_changed").select(1).run()
        press(page, "Disable")

        assert "last owner" in page.error[0].value
        assert data.access.accounts()[0].state is State.ACTIVE


@pytest.mark.usefixtures("company")
def test_two_owners_who_change_one_account_see_both_texts() -> None:
    made = account()
    page = open_page(Place.ACCOUNTS, lang="en")
    page.selectbox(key="account_changed").select(made.account_id).run()
    page.selectbox(key="role_1_1").select(Role.SALESPERSON).run()
    accounts.change_role(session.access(), OWNER, made.account_id, Role.VIEWER, 1)
    press(page, "Change the role")

    said = texts(page)
    assert "Somebody else was faster" in said
    assert "As it is now, by Louise Gagnon at" in said
    assert "Salesperson, invited" in said
    assert "Viewer, invited" in said
    press(page, "Keep mine")
    assert accounts.get_account(session.access(), made.account_id).role is Role.SALESPERSON
    assert "Somebody else was faster" not in texts(page)


def test_on_the_actions_page_keeping_theirs_changes_nothing(company: Context) -> None:
    action(company)
    stale = actions.list_actions(company)[0]
    page = open_page(Place.ACTIONS, lang="en")
    actions.move(company, 1, stale.version, date(2026, 12, 1), "Ill")
    page.session_state["conflicts"] = []
    conflict(page, company, stale.version)

    said = texts(page)
    assert "tick it off" in said
    assert "due on Dec 1, 2026" in said
    press(page, "Keep theirs")
    assert actions.list_actions(company)[0].done_on is None
    assert "Somebody else was faster" not in texts(page)


def conflict(page: AppTest, company: Context, version: int) -> None:
    """Tick an action off as a page does that shows it as it was."""

    def work(seen: int) -> object:
        return actions.complete(company, 1, seen)

    with pytest.raises(Conflict) as met:
        work(version)
    page.session_state["conflicts"] = [panel._Clash(met.value, work, None)]
    page.run()


def test_a_new_password_asks_for_the_old_one(company: Context) -> None:
    visitor = logged_in()
    with showing(company, visitor):
        page = open_page(Place.ACCOUNT, lang="en")
        page.text_input(key="old_password").input("wrong")
        page.text_input(key="new_password").input("slow amber lanterns drift")
        page.text_input(key="new_password_again").input("slow amber lanterns drift")
        press(page, "Change the password")
        assert page.error
        page.text_input(key="old_password").input(PASSWORD)
        page.text_input(key="new_password").input("slow amber lanterns drift")
        page.text_input(key="new_password_again").input("slow amber lanterns drift")
        press(page, "Change the password")

        assert not page.error
        assert page.text_input(key="new_password").value == ""


def test_a_second_factor_is_set_up_with_its_first_code_and_recovery_codes_once(
    company: Context,
) -> None:
    with showing(company, logged_in()):
        page = open_page(Place.ACCOUNT, lang="en")
        page.text_input(key="factor_off_password").input(PASSWORD)
        press(page, "Set it up")
        (secret,) = (code.value for code in page.code)
        page.text_input(key="factor_code").input(pyotp.TOTP(secret).now())
        press(page, "Switch it on")

        (codes,) = (code.value for code in page.code)
        assert len(codes.splitlines()) == 10
        assert "Recovery codes left: 10." in texts(page)
        assert [code.value for code in page.run().code] == []


def test_the_second_factor_is_changed_with_the_password_and_a_code(company: Context) -> None:
    visitor = logged_in()
    access = session.access()
    secret = second_factor.propose(access, visitor).secret
    first, *_ = second_factor.confirm(access, visitor, pyotp.TOTP(secret).now())
    with showing(company, visitor):
        page = open_page(Place.ACCOUNT, lang="en")
        for password, code, why in (
            (PASSWORD, "", "The code is not right, or it was used already."),
            (PASSWORD, "123", "The code is not right, or it was used already."),
            ("wrong", first, "The password is not right."),
        ):
            page.text_input(key="factor_on_password").input(password)
            page.text_input(key="factor_on_code").input(code)
            press(page, "Switch it off")
            assert page.error[0].value.startswith(why)
            assert "Recovery codes left: 10." in texts(page)
        page.text_input(key="factor_on_password").input(PASSWORD)
        page.text_input(key="factor_on_code").input(first)
        press(page, "Switch it off")

        assert not page.error
        assert "Recovery codes left" not in texts(page)
        assert second_factor.recovery_codes_left(access, visitor.account_id or 0) == 0


def test_whoever_has_no_password_ends_sessions_without_one(company: Context) -> None:
    made = account(Role.MANAGER, "zoe@example.com")
    access = session.access()
    link_external(access, "https://login.example", "zoe", made.email, email_verified=True)
    token = access.sessions.start(made.account_id, "::1", "")
    visitor = access.sessions.find(token, active=True)
    assert visitor is not None
    with showing(company, visitor):
        page = open_page(Place.ACCOUNT, lang="en")
        press(page, "Log out everywhere")

        assert access.sessions.listing(made.account_id) == ()


def test_one_ends_ones_other_login_sessions_or_all_of_them(company: Context) -> None:
    visitor = logged_in()
    sessions = session.access().sessions
    assert visitor.account_id is not None
    other = sessions.start(visitor.account_id, "192.0.2.7", "Mozilla/5.0 (iPhone) Safari/605")
    with showing(company, visitor):
        page = open_page(Place.ACCOUNT, lang="en")
        assert "Safari, iPhone · 192.0.2.7" in texts(page)
        (end,) = (b for b in page.button if b.label == "End" and not b.disabled)
        end.click().run()
        assert [error.value for error in page.error] == [
            "The password is not right. Check it and try again."
        ]
        assert sessions.find(other, active=False) is not None
        page.text_input(key="sessions_password").input(PASSWORD)
        (end,) = (b for b in page.button if b.label == "End" and not b.disabled)
        end.click().run()
        assert sessions.find(other, active=False) is None
        assert len(sessions.listing(visitor.account_id)) == 1
        assert page.text_input(key="sessions_password").value == ""
        press(page, "Log out everywhere")
        assert len(sessions.listing(visitor.account_id)) == 1
        page.text_input(key="sessions_password").input(PASSWORD)
        press(page, "Log out everywhere")
        assert sessions.listing(visitor.account_id) == ()


def test_one_changes_ones_name_and_language(company: Context) -> None:
    with showing(company, logged_in()):
        page = open_page(Place.ACCOUNT, lang="en")
        page.text_input(key="own_name").input("Marc-André Roy")
        press(page, "Save the name")
        page.selectbox(key="own_language").select("fr_CA").run()

        assert page.title[0].value == "Mon compte"
        own = data.access.own_account()
        assert own is not None
        assert (own.name, own.language) == ("Marc-André Roy", "fr_CA")


@pytest.mark.parametrize("place", [Place.AUDIT, Place.ACCOUNTS])
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SALESPERSON, Role.VIEWER])
def test_nobody_but_an_owner_reaches_the_trail_or_the_accounts(
    company: Context, place: Place, role: Role
) -> None:
    action(company)
    with showing(company, Visitor("Marc", role)):
        page = open_page(place, lang="en")  # not one of their pages: they get their first one
        assert title(place, "en") not in [heading.value for heading in page.title]
        assert "Call Érable" not in texts(page)
        for read in readers():
            with pytest.raises(AccessRefused):
                read()


def readers() -> list[Callable[[], object]]:
    search = data.access.Search()
    return [
        lambda: data.access.trail(search),
        lambda: data.access.audit_csv(search, "en"),
        data.access.actors,
        data.access.kinds,
        data.access.chain,
        data.access.accounts,
        lambda: data.access.last_logins("en"),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_page_about_their_account(company: Context, role: Role) -> None:
    with showing(company, logged_in(role)):
        page = open_page(Place.ACCOUNT, lang="en")

        assert page.title[0].value == "My account"
        assert not page.error


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605.1", "Safari, macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0", "Firefox, Linux"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_named_as_people_know_it(says: str, name: str) -> None:
    assert browser_name(says) == name


def tables(page: AppTest) -> dict[str, list[list[str]]]:
    """Return the rows of every table of a page, by its title."""
    shown = [
        json.loads(element.proto.json)[0]
        for element in page.get("bidi_component")
        if "cap90_table" in str(element.proto.component_name)
    ]
    return {table["title"]: table["rows"] for table in shown}


def test_ones_own_login_is_named_and_ones_address_is_no_link(company: Context) -> None:
    somebody = logged_in()
    with showing(company, somebody):
        english = texts(open_page(Place.ACCOUNT, lang="en"))
        french = texts(open_page(Place.ACCOUNT, lang="fr_CA"))

    assert "This session · " in english
    assert "Cette session · " in french
    assert "marc@example.com" not in english  # Markdown would make a link of it
    assert "marc\N{WORD JOINER}@example.com" in english


@pytest.mark.parametrize("field", ["valid_to", "end"])
def test_the_trail_names_the_last_day_that_counts(field: str) -> None:
    around = audit_words.Around("fr_CA", "America/Montreal", "CAD")

    assert audit_words.written(field, "2027-01-01", around) == "31 déc. 2026"
    assert audit_words.written("valid_from", "2027-01-01", around) == "1er janv. 2027"
