"""Who may log in, managed at the company's own computer."""

import re
import shutil
from pathlib import Path

import pyotp
import pytest

from dashboard.access import accounts, links, redeem, second_factor
from dashboard.access.access import Access
from dashboard.access.login import Entered, log_in
from pipelines.errors import AccessRefused
from pipelines.workspace import Workspace, open_workspace
from tests.builders.access import HOME, PASSWORD, Clock, hash_quickly, set_clock, visitor
from tests.builders.command_line import cap90

LINK = re.compile(r"http://localhost:8590/link/([\w-]{40,})")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was opened once; tests take a copy."""
    folder = tmp_path_factory.mktemp("new") / "erable"
    assert cap90("init", folder, "--company", "Érable", "--locale", "en").code == 0
    assert cap90("user", "list", "--workspace", folder).code == 0
    return folder


@pytest.fixture
def company(new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    hash_quickly(monkeypatch)
    return open_workspace(shutil.copytree(new, tmp_path / "erable"))


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


def _add(company: Workspace, *more: str, name: str = "Marie Roy", role: str = "manager") -> str:
    """Add somebody and return the token of their link."""
    email = f"{name.partition(' ')[0].lower()}@erable.example"
    words = ("user", "add", email, "--name", name, "--role", role, *more)
    ran = cap90(*words, "--workspace", company.root)
    assert ran.code == 0, ran.err
    found = LINK.fullmatch(ran.out.strip())
    assert found, ran.out
    return found[1]


def _enter(company: Workspace, token: str, password: str = PASSWORD) -> Entered:
    with Access.open(company) as access:
        entered = redeem.redeem(access, token, password=password, address=HOME)
    assert isinstance(entered, Entered)
    return entered


def test_adding_somebody_prints_the_link_that_lets_them_in(company: Workspace) -> None:
    entered = _enter(company, _add(company, "--lang", "fr-CA"))

    assert (entered.account.name, entered.account.email) == ("Marie Roy", "marie@erable.example")
    assert (entered.account.role, entered.account.language) == ("manager", "fr_CA")


def test_the_link_alone_is_on_standard_output(company: Workspace) -> None:
    ran = cap90(
        *("user", "add", "m@b.c", "--name", "Marie", "--role", "viewer"),
        *("--workspace", company.root),
    )

    assert ran.out.count("\n") == 1
    assert "The account of Marie is ready." in ran.err
    assert "Send them this link; it works once, for 7 days:" in ran.err


def test_an_address_that_has_an_account_is_refused_with_what_to_do(company: Workspace) -> None:
    _add(company)

    ran = cap90(
        *("user", "add", "MARIE@erable.example", "--name", "Other", "--role", "viewer"),
        *("--workspace", company.root),
    )

    assert ran.code == 1
    assert "There is already an account for marie@erable.example." in ran.err


def test_a_role_that_does_not_exist_is_wrong_usage(company: Workspace) -> None:
    ran = cap90(
        *("user", "add", "m@b.c", "--name", "Marie", "--role", "boss"),
        *("--workspace", company.root),
    )

    assert ran.code == 2


def test_an_account_is_tied_to_one_of_the_people(company: Workspace, tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text(
        "Deal ID,Deal Name,Owner,Stage,Amount,Create Date,Close Date\n"
        "1,Big,Anne Cyr,Closed Won,1000,2026-09-01,2026-09-14\n",
        encoding="utf-8",
    )
    assert cap90("import", deals, "--workspace", company.root).code == 0

    _add(company, "--person", "Anne Cyr", name="Anne Cyr", role="salesperson")

    (listed,) = cap90("user", "list", "--json", "--workspace", company.root).document
    assert (listed["name"], listed["person"]) == ("Anne Cyr", "Anne Cyr")
    ran = cap90(
        *("user", "add", "x@b.c", "--name", "X", "--role", "salesperson", "--person", "Ane Cyr"),
        *("--workspace", company.root),
    )
    assert ran.code == 1
    assert "Nobody of the people is called 'Ane Cyr'. Did you mean 'Anne Cyr'?" in ran.err


def test_the_list_says_who_may_log_in_as_what(company: Workspace) -> None:
    assert "There is no account yet." in cap90("user", "list", "--workspace", company.root).err
    _enter(company, _add(company, name="Louise Gagnon", role="owner"))
    _add(company)

    ran = cap90("user", "list", "--workspace", company.root)

    lines = [re.split(r"  +", line.strip()) for line in ran.out.splitlines()]
    assert lines[-2][:4] == ["Louise Gagnon", "louise@erable.example", "Company owner", "active"]
    assert lines[-1][:4] == ["Marie Roy", "marie@erable.example", "Manager", "invited"]
    document = cap90("user", "list", "--json", "--workspace", company.root).document
    assert document[1] == {
        "account_id": 2,
        "name": "Marie Roy",
        "email": "marie@erable.example",
        "role": "manager",
        "state": "invited",
        "person": None,
        "language": None,
        "second_factor": False,
    }


def test_the_list_holds_no_password_and_no_secret(company: Workspace) -> None:
    _enter(company, _add(company))

    ran = cap90("user", "list", "--json", "--workspace", company.root)

    assert "argon2" not in ran.out
    assert "link" not in ran.out


def test_disabling_somebody_ends_their_session_in_the_running_app(company: Workspace) -> None:
    _enter(company, _add(company, name="Louise Gagnon", role="owner"))
    entered = _enter(company, _add(company))
    with Access.open(company) as running:
        assert running.sessions.find(entered.token, active=True)

        ran = cap90("user", "disable", "marie@erable.example", "--workspace", company.root)

        assert ran.code == 0
        assert "Marie Roy cannot log in any more, and is logged out everywhere." in ran.err
        assert running.sessions.find(entered.token, active=True) is None


def test_the_last_owner_cannot_be_disabled(company: Workspace) -> None:
    _enter(company, _add(company, name="Louise Gagnon", role="owner"))

    ran = cap90("user", "disable", "louise@erable.example", "--workspace", company.root)

    assert ran.code == 1
    assert "Louise Gagnon is the last owner who can log in." in ran.err


def test_a_misspelt_address_is_answered_with_the_nearest_one(company: Workspace) -> None:
    _add(company)

    ran = cap90("user", "reset", "mari@erable.example", "--workspace", company.root)

    assert ran.code == 1
    assert "There is no account for mari@erable.example." in ran.err
    assert "Did you mean 'marie@erable.example'?" in ran.err


def test_a_reset_link_lets_the_owner_in_who_forgot_everything(
    company: Workspace, wall: Clock
) -> None:
    entered = _enter(company, _add(company, name="Louise Gagnon", role="owner"))
    with Access.open(company) as access:
        her = visitor(entered.account)
        proposed = second_factor.propose(access, her)
        code = pyotp.TOTP(proposed.secret).at(int(wall.timestamp()))
        second_factor.confirm(access, her, code)

    ran = cap90(
        *("user", "reset", "louise@erable.example", "--without-second-factor"),
        *("--workspace", company.root),
    )

    assert ran.code == 0
    assert "Send them this link; it works once, for an hour:" in ran.err
    found = LINK.fullmatch(ran.out.strip())
    assert found
    _enter(company, found[1], "tuiles mouillées du matin")
    with Access.open(company) as access:
        again = log_in(access, "louise@erable.example", "tuiles mouillées du matin", address=HOME)
        assert isinstance(again, Entered)


def test_resetting_somebody_who_never_came_invites_them_again(company: Workspace) -> None:
    first = _add(company)

    ran = cap90("user", "reset", "marie@erable.example", "--workspace", company.root)

    assert "for 7 days" in ran.err
    found = LINK.fullmatch(ran.out.strip())
    assert found
    with Access.open(company) as access:
        assert links.look_up(access, found[1]).kind == "invitation"
        with pytest.raises(AccessRefused, match="newer one"):
            links.look_up(access, first)


def test_what_the_command_line_did_is_in_the_audit_trail_under_the_users_name(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "lgagnon")
    _add(company)

    with Access.open(company) as access:
        assert {one.actor for one in access.audit.entries()} == {"lgagnon"}
        assert len(accounts.list_accounts(access)) == 1


def test_the_commands_speak_french(company: Workspace) -> None:
    settings = (company.root / "cap90.toml").read_text(encoding="utf-8")
    french = settings.replace('locale = "en"', 'locale = "fr"')
    (company.root / "cap90.toml").write_text(french, encoding="utf-8")
    _add(company)

    ran = cap90("user", "list", "--workspace", company.root)

    assert "Rôle" in ran.out
    assert "invité" in ran.out
