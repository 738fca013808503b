import subprocess
import sys
import threading
import time
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from dashboard.access import passwords
from dashboard.access.passwords import check_password, hash_password, verify
from pipelines.errors import Refused

OWN = ("Marie-Ève Tremblay", "mtremblay@fonderie-nordet.example", "Atelier Érable inc.")


def _refusals(password: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        check_password(password, OWN)
    return [str(problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "password",
    [
        "girafe lampe canard velours",
        "Kx7#pQ2!vLm9",
        "onze tuiles mouillées",
        "молоко и варенье",
        "marie aime son vélo turquoise",  # holds her name, but much more
        "l" + "oremipsumdolorsitametconsectetur" * 3,
        "été brûlant en Gaspésie",
        "#?&*)=-_;:,/",  # signs alone
        "@({[<!|$+%?#",
    ],
)
def test_a_good_password_passes(password: str) -> None:
    check_password(password, OWN)


def test_eleven_characters_are_too_few_and_twelve_are_enough() -> None:
    assert _refusals("Kx7#pQ2!vLm") == ["The password is too short."]
    check_password("Kx7#pQ2!vLmz", OWN)


def test_128_characters_are_enough_and_more_are_too_many() -> None:
    words = "girafe lampe canard velours " * 5
    check_password(words[:128], OWN)
    assert _refusals(words[:129]) == ["The password is too long."]


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse123",
        "MotDePasse!!2026",
        "Passw0rd2026!",
        "P@ssword1234",
        "p455w0rd99999",
        "passwordpassword",
        "azertyazerty1",
        "soleil123456",
        "doudouloulou",
        "Loulou-Doudou-75",
        "iloveyou!!!!",
        "Bienvenue2026",
        "Chocolat2025!!",
        "trustno1trustno1",
        "Élodie123456",
        "jetaimejetaime",
        "qwertyuiop12",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert _refusals(password) == ["The password is among the first that anybody would try."]


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "987654321098",
        "abcdefghijkl",
        "azertyuiopqs",
        "1qaz2wsx3edc",
        "21/06/1987 1987",
        "............",
    ],
)
def test_patterns_are_refused(password: str) -> None:
    assert _refusals(password) == ["The password is among the first that anybody would try."]


def test_every_password_that_leaked_most_often_is_refused() -> None:
    leaked = FREQUENCY_LISTS["passwords"]
    long_enough = [password for password in leaked if len(password) >= 12]

    assert (len(leaked), len(long_enough)) == (30_000, 229)
    let_pass = [password for password in long_enough if _passes(password)]
    assert let_pass == []


def _passes(password: str) -> bool:
    try:
        check_password(password, OWN)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    [
        "Tremblay-2026",
        "marieevetremblay",
        "tr3mbl4y!!2026",
        "FonderieNordet1",
        "mtremblay@fonderie",
        "AtelierErable99",
        "Érable-2026-Marie",
        "Nordet-soleil-1",
    ],
)
def test_ones_own_name_address_and_company_are_refused(password: str) -> None:
    assert _refusals(password) == [
        "The password is made of a name, the e-mail address or the company."
    ]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert _refusals("azerty") == [
        "The password is too short.",
        "The password is among the first that anybody would try.",
    ]


@pytest.mark.parametrize(
    "password",
    [
        "é" * 128,
        "girafe lampe canard velours " * 4,
        "1a" * 64,
        "4@8({[<369!|1705$+%2" * 6,  # every sign that may stand for a letter
    ],
)
def test_looking_at_the_longest_passwords_takes_less_than_20_milliseconds(
    password: str,
) -> None:
    def seconds() -> float:
        began = time.thread_time()
        _passes(password)
        return time.thread_time() - began

    assert median(seconds() for _ in range(5)) < 0.02


@given(st.text(max_size=140))
def test_whatever_somebody_types_passes_or_is_refused(password: str) -> None:
    assert _passes(password) in {True, False}
    assert not _passes(f"Tremblay{password[:2]}")


def test_the_lists_are_read_when_somebody_chooses_a_password_and_not_before() -> None:
    looked = "import sys, dashboard.access.passwords; print('zxcvbn' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", looked], capture_output=True, check=True, text=True)

    assert ran.stdout.strip() == "False"


def test_passwords_are_kept_with_argon2id_as_rfc_9106_says() -> None:
    parameters = extract_parameters(hash_password("girafe lampe canard"))

    assert parameters.type is Type.ID
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (65536, 3, 4)


def test_the_same_password_is_kept_differently_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))

    assert hash_password("girafe lampe canard") != hash_password("girafe lampe canard")


def test_a_password_fits_however_the_keyboard_composes_its_accents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 64, 1))
    kept = hash_password("\u00e9t\u00e9 en Gaspésie")

    assert verify(kept, "e\u0301te\u0301 en Gaspésie")
    assert not verify(kept, "été en gaspésie")
    assert not verify(kept, "\ud800" * 200)


def test_a_password_of_nobody_never_fits_and_costs_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hasher = PasswordHasher(1, 64, 1)
    tried: list[str] = []
    verify_hash = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        tried.append(kept)
        return verify_hash(self, kept, password)

    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(PasswordHasher, "verify", counted)

    assert not verify(None, "girafe lampe canard")
    assert not verify("not a hash", "girafe lampe canard")

    assert len(tried) == 2
    assert extract_parameters(tried[0]) == extract_parameters(hash_password("girafe lampe"))


def test_no_more_than_two_passwords_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = [0], [0]
    lock = threading.Lock()

    class Slow:
        def hash(self, _password: str) -> str:
            with lock:
                at_once[0] += 1
                most[0] = max(most[0], at_once[0])
            busy.wait(0.02)
            with lock:
                at_once[0] -= 1
            return ""

    busy = threading.Event()
    monkeypatch.setattr(passwords, "_hasher", Slow())
    threads = [threading.Thread(target=hash_password, args=("x",)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [2]


def test_a_password_counts_to_its_last_sign() -> None:
    longest = "girafe lampe canard velours " * 5
    kept = hash_password(longest[:128])

    assert verify(kept, longest[:128])
    assert not verify(kept, longest[:127])
    assert not verify(kept, longest[:129])
    assert not verify(kept, longest[:128].upper())
    assert not verify(hash_password("\ufdfa" * 7), "\ufdfa" * 7 + " " * 600)
