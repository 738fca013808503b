"""Letters reach the company's mail server, or a sentence says why they did not."""

import socket
import ssl
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from dashboard.mail import MailRefused, compose, send
from pipelines.settings import Mail, MailSecurity
from tests.builders.mail_server import MailServer, certificate, mail_server, server_side

LETTER = compose("cap90@erable.ca", "Érable inc.", ["luc@erable.ca"], "Réunion", "À mardi.\n")


PASSWORD = "érable rouge"  # noqa: S105 - of the test's own server


def open_way(server: MailServer, **more: object) -> Mail:
    settings = {"host": "127.0.0.1", "port": server.port, "security": MailSecurity.NONE, **more}
    return Mail.model_validate(settings)


def refusal(mail: Mail, folder: Path, **how: object) -> str:
    with pytest.raises(MailRefused) as refused:
        send(mail, LETTER, folder, timeout=5, **how)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    assert problem.hint
    return str(problem.what)


def test_a_letter_reaches_the_server_as_it_was_written(tmp_path: Path) -> None:
    with mail_server() as server:
        sent = send(open_way(server), LETTER, tmp_path)

    (letter,) = server.letters
    read = message_from_bytes(letter, policy=default)
    assert sent.file is None
    assert (read["From"], read["To"]) == ('"Érable inc." <cap90@erable.ca>', "luc@erable.ca")
    assert (read["Subject"], read.get_content()) == ("Réunion", "À mardi.\r\n")


def test_without_a_server_a_letter_is_written_into_the_outbox(tmp_path: Path) -> None:
    sent = send(Mail(), LETTER, tmp_path / "outbox")

    assert sent.file is not None
    assert (sent.file.parent, sent.file.suffix) == (tmp_path / "outbox", ".eml")
    assert message_from_bytes(sent.file.read_bytes(), policy=default)["Subject"] == "Réunion"


def test_an_outbox_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way", encoding="utf-8")

    said = refusal(Mail(), tmp_path / "outbox")

    assert said == "The letter could not be written into a file."


def test_the_password_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_SMTP_PASSWORD", PASSWORD)
    with mail_server(password=PASSWORD) as server:
        send(open_way(server, user="cap90"), LETTER, tmp_path)

    assert len(server.letters) == 1


def test_a_wrong_password_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_SMTP_PASSWORD", "wrong")
    with mail_server(password=PASSWORD) as server:
        said = refusal(open_way(server, user="cap90"), tmp_path)

    assert said.startswith("The mail server does not accept the login. It says: 535 wrong password")
    assert server.letters == []


@pytest.mark.parametrize(
    ("refuses", "said"),
    [
        ({"MAIL": "550 unknown sender"}, "does not accept the sender's address"),
        ({"RCPT": "550 no such person"}, "does not accept these addresses: luc@erable.ca."),
        ({"DATA": "554 no"}, "broke the conversation off. 554 no"),
        ({"CONNECT": "421 busy"}, "broke the conversation off. 421 busy"),
    ],
)
def test_what_a_server_refuses_is_said(tmp_path: Path, refuses: dict[str, str], said: str) -> None:
    with mail_server(refuses=refuses) as server:
        assert said in refusal(open_way(server), tmp_path)


def test_a_server_without_the_login_that_is_asked_for_is_a_sentence(tmp_path: Path) -> None:
    with mail_server() as server:
        said = refusal(open_way(server, user="cap90"), tmp_path)

    assert said.startswith("The mail server does not offer what was asked of it")


def test_a_port_where_nobody_listens_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers, nobody else may
        mail = Mail(host="127.0.0.1", port=taken.getsockname()[1], security=MailSecurity.NONE)

        assert refusal(mail, tmp_path) == "No mail server listens there."


def test_a_server_that_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        mail = Mail(host="127.0.0.1", port=silent.getsockname()[1], security=MailSecurity.NONE)

        with pytest.raises(MailRefused, match="does not answer"):
            send(mail, LETTER, tmp_path, timeout=0.2)


def test_a_name_that_nobody_knows_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr("socket.getaddrinfo", unknown)

    assert refusal(Mail(host="mail.invalid"), tmp_path) == "No computer of this name can be found."


def test_a_name_that_no_computer_can_have_is_a_sentence(tmp_path: Path) -> None:
    mail = Mail(host="a..b" + "é" * 70)

    assert refusal(mail, tmp_path) == "No computer of this name can be found."


def test_letters_leave_this_computer_only_protected(tmp_path: Path) -> None:
    mail = Mail(host="mail.example.com", security=MailSecurity.NONE)

    assert refusal(mail, tmp_path).startswith("Without protection, letters are only sent")


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_a_server_that_only_vouches_for_itself_gets_nothing(
    tmp_path: Path, security: MailSecurity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_SMTP_PASSWORD", PASSWORD)
    tls = server_side(certificate(tmp_path))
    starttls = security is MailSecurity.STARTTLS
    with mail_server(tls=tls, starttls=starttls, password=PASSWORD) as server:
        mail = Mail(host="localhost", port=server.port, security=security, user="cap90")
        said = refusal(mail, tmp_path)

    assert "certificate is not one this computer trusts" in said
    assert server.letters == []
    assert not any(command.startswith("AUTH") for command in server.commands)


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_a_trusted_server_gets_the_letter(tmp_path: Path, security: MailSecurity) -> None:
    path = certificate(tmp_path)
    starttls = security is MailSecurity.STARTTLS
    with mail_server(tls=server_side(path), starttls=starttls) as server:
        mail = Mail(host="localhost", port=server.port, security=security)
        send(mail, LETTER, tmp_path, trust=ssl.create_default_context(cafile=str(path)))

    assert len(server.letters) == 1


def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    path = certificate(tmp_path, "mail.example.com")
    with mail_server(tls=server_side(path)) as server:
        mail = Mail(host="localhost", port=server.port, security=MailSecurity.TLS)
        trust = ssl.create_default_context(cafile=str(path))

        assert "certificate" in refusal(mail, tmp_path, trust=trust)


def test_tls_where_there_is_none_says_which_ports_go_with_it(tmp_path: Path) -> None:
    with mail_server() as server:
        said = refusal(open_way(server, security=MailSecurity.TLS), tmp_path)

    assert said == "The server does not speak TLS at this port."


def test_a_server_that_cannot_protect_gets_nothing(tmp_path: Path) -> None:
    with mail_server() as server:
        said = refusal(open_way(server, security=MailSecurity.STARTTLS), tmp_path)

    assert said.startswith("The mail server does not offer what was asked of it")
    assert server.letters == []
