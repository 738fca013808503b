import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pyotp
import pytest

from dashboard.access import accounts, links, second_factor
from dashboard.access.access import Access
from dashboard.access.login import Denied, Entered, log_in
from dashboard.access.redeem import redeem
from dashboard.access.rights import Role
from pipelines.errors import AccessRefused, Refused
from tests.builders.access import HOME, OPERATOR, PASSWORD, Clock, somebody, visitor

EMAIL = "louise@erable.example"
NEW = "tuiles mouillées du matin"


class Telephone:
    """Somebody's telephone, whose clock goes right."""

    def __init__(self, secret: str, wall: Clock) -> None:
        self._codes = pyotp.TOTP(secret)
        self._wall = wall

    def code(self, **off: float) -> str:
        return self._codes.at(int(self._wall.timestamp() + timedelta(**off).total_seconds()))


@pytest.fixture
def telephone(access: Access, wall: Clock) -> Telephone:
    """The telephone of Louise, whose codes count."""
    her = visitor(somebody(access))
    made = Telephone(second_factor.propose(access, her).secret, wall)
    second_factor.confirm(access, her, made.code())
    wall.forward(minutes=2)
    return made


def _try(access: Access, code: str | None, password: str = PASSWORD) -> Entered | Denied:
    return log_in(access, EMAIL, password, code, address=HOME)


def test_the_picture_says_who_it_is_for_and_is_drawn_as_svg(access: Access) -> None:
    proposed = second_factor.propose(access, visitor(somebody(access)))

    assert proposed.uri.startswith("otpauth://totp/")
    assert "louise%40erable.example" in proposed.uri
    assert "Atelier%20%C3%89rable" in proposed.uri
    assert f"secret={proposed.secret}" in proposed.uri
    assert len(proposed.secret) == 32  # 160 bits
    assert ET.fromstring(proposed.svg).tag.endswith("svg")  # noqa: S314 - our own
    assert "script" not in proposed.svg


def test_codes_do_not_count_before_one_has_proved_the_telephone(
    access: Access, wall: Clock
) -> None:
    louise = somebody(access)
    her = visitor(louise)
    proposed = second_factor.propose(access, her)

    with pytest.raises(Refused, match="The code is not right"):
        second_factor.confirm(access, her, "000000")
    assert isinstance(_try(access, None), Entered)

    second_factor.confirm(access, her, Telephone(proposed.secret, wall).code())
    assert accounts.get_account(access, louise.account_id).second_factor
    assert isinstance(_try(access, None), Denied)


def test_a_proposal_may_be_made_anew_until_it_counts(access: Access, wall: Clock) -> None:
    her = visitor(somebody(access))
    first, second = (second_factor.propose(access, her) for _ in range(2))
    assert first.secret != second.secret

    with pytest.raises(Refused):
        second_factor.confirm(access, her, Telephone(first.secret, wall).code())
    second_factor.confirm(access, her, Telephone(second.secret, wall).code())

    with pytest.raises(Refused, match="takes codes already"):
        second_factor.propose(access, her)
    wall.forward(minutes=5)
    with pytest.raises(Refused):
        second_factor.confirm(access, her, Telephone(second.secret, wall).code())


def test_password_and_code_together_let_somebody_in(access: Access, telephone: Telephone) -> None:
    asked = _try(access, None)
    assert isinstance(asked, Denied)
    assert asked.code_wanted
    assert str(asked.problem.what) == "Your account also takes a code."

    assert isinstance(_try(access, telephone.code()), Entered)


def test_whoever_has_only_the_code_learns_nothing(access: Access, telephone: Telephone) -> None:
    found = _try(access, telephone.code(), "not her password")

    assert isinstance(found, Denied)
    assert not found.code_wanted
    assert isinstance(_try(access, telephone.code()), Entered)  # and the code is still good


def test_a_code_works_once(access: Access, telephone: Telephone) -> None:
    code = telephone.code()
    assert isinstance(_try(access, code), Entered)

    again = _try(access, code)

    assert isinstance(again, Denied)
    assert again.code_wanted
    assert "used already" in str(again.problem)


def test_a_code_works_once_even_if_the_clock_is_turned_back(
    access: Access, telephone: Telephone, wall: Clock
) -> None:
    code = telephone.code()
    assert isinstance(_try(access, code), Entered)

    wall.forward(hours=3)
    wall.turn(hours=-3)

    assert isinstance(_try(access, code), Denied)


def test_a_telephone_may_be_half_a_minute_off_and_no_more(
    access: Access, telephone: Telephone, wall: Clock
) -> None:
    for off, good in ((-30, True), (30, True), (-90, False), (90, False), (0, True)):
        found = _try(access, telephone.code(seconds=off))
        assert isinstance(found, Entered) is good, off
        wall.forward(minutes=10)


def test_the_code_may_be_typed_with_a_space(access: Access, telephone: Telephone) -> None:
    code = telephone.code()

    assert isinstance(_try(access, f" {code[:3]} {code[3:]} "), Entered)


@pytest.mark.parametrize("code", ["0", "abcdef", "１２３４５６", "x" * 10_000, "\ud800", "12345٣"])
def test_what_is_no_code_is_refused(access: Access, telephone: Telephone, code: str) -> None:
    assert telephone.code()
    assert isinstance(_try(access, code), Denied)


def test_guessing_codes_is_slowed_down(access: Access, telephone: Telephone) -> None:
    right = int(telephone.code())
    for number in range(5):
        assert isinstance(_try(access, f"{(right + 100 + number) % 10**6:06}"), Denied)

    found = _try(access, telephone.code())

    assert isinstance(found, Denied)
    assert str(found.problem) == "Too many tries have failed. Try again in 1 minute."


def test_asking_for_the_code_page_again_does_not_clear_what_was_guessed(
    access: Access, telephone: Telephone
) -> None:
    right = int(telephone.code())
    for number in range(5):
        _try(access, None)
        _try(access, f"{(right + 100 + number) % 10**6:06}")

    assert "Too many tries" in str(getattr(_try(access, None), "problem", ""))


def test_ten_recovery_codes_work_once_each(access: Access, wall: Clock) -> None:
    louise = somebody(access)
    her = visitor(louise)
    telephone = Telephone(second_factor.propose(access, her).secret, wall)
    codes = second_factor.confirm(access, her, telephone.code())

    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([a-z2-9]{4}-){5}[a-z2-9]{4}", code) for code in codes)
    for number, code in enumerate(codes):
        assert isinstance(_try(access, code.upper() if number % 2 else code), Entered)
        assert isinstance(_try(access, code), Denied)
        assert second_factor.recovery_codes_left(access, louise.account_id) == 9 - number


def test_recovery_codes_are_kept_as_hashes_only(access: Access, wall: Clock) -> None:
    her = visitor(somebody(access))
    telephone = Telephone(second_factor.propose(access, her).secret, wall)
    codes = second_factor.confirm(access, her, telephone.code())

    written = b"".join(
        path.read_bytes() for path in access.store.path.parent.glob("access.sqlite*")
    )
    for code in codes:
        assert code.encode() not in written
        assert code.replace("-", "").encode() not in written


def test_new_recovery_codes_replace_the_ones_before(access: Access, telephone: Telephone) -> None:
    her = visitor(accounts.get_account(access, 1))
    first = second_factor.renew_recovery_codes(access, her)
    second = second_factor.renew_recovery_codes(access, her)

    assert telephone.code()
    assert isinstance(_try(access, first[0]), Denied)
    assert isinstance(_try(access, second[0]), Entered)


def test_without_a_second_factor_nothing_counts_any_more(
    access: Access, telephone: Telephone
) -> None:
    her = visitor(accounts.get_account(access, 1))
    second_factor.remove(access, her, 1)

    assert telephone.code()
    assert isinstance(_try(access, None), Entered)
    with pytest.raises(Refused, match="takes no codes"):
        second_factor.renew_recovery_codes(access, her)


def test_an_owner_helps_whoever_lost_the_telephone_and_nobody_else_does(
    access: Access, telephone: Telephone
) -> None:
    viewer = visitor(somebody(access, "Marie Roy", Role.VIEWER))
    with pytest.raises(AccessRefused):
        second_factor.remove(access, viewer, 1)

    second_factor.remove(access, OPERATOR, 1)

    assert telephone.code()
    assert isinstance(_try(access, None), Entered)
    assert "account.second_factor_removed" in {one.what for one in access.audit.entries()}


def test_a_reset_link_does_not_do_instead_of_the_code(access: Access, telephone: Telephone) -> None:
    token = links.invite(access, OPERATOR, 1)
    for code in (None, "", "000000"):
        found = redeem(access, token, password=NEW, code=code, address=HOME)
        assert isinstance(found, Denied)
        assert found.code_wanted
    assert isinstance(
        redeem(access, token, password=NEW, code=telephone.code(), address=HOME), Entered
    )


def test_codes_through_a_reset_link_are_slowed_down_too(
    access: Access, telephone: Telephone
) -> None:
    token = links.invite(access, OPERATOR, 1)
    right = int(telephone.code())

    answers = [
        redeem(
            access,
            token,
            password=NEW,
            code=f"{(right + 100 + number) % 10**6:06}",
            address=HOME,
        )
        for number in range(6)
    ]

    assert isinstance(answers[-1], Denied)
    assert "Too many tries" in str(answers[-1].problem)


def test_the_command_line_has_no_second_factor(access: Access) -> None:
    with pytest.raises(AccessRefused):
        second_factor.propose(access, OPERATOR)
