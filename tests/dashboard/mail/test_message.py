"""Nothing that people type adds a header or a reader to a letter."""

from email import message_from_bytes
from email.policy import default

import pytest

from dashboard.mail import compose
from pipelines.errors import Refused

INJECTIONS = [
    "Hello\r\nBcc: everybody@example.com",
    "Hello\nBcc: everybody@example.com",
    "Hello\r\n\r\n<script>",
    "Hello\u2028Bcc: everybody@example.com",
    "Hello\x0bBcc: everybody@example.com",
    "Hello\x85Bcc: everybody@example.com",
    "Hello\x00",
    "=?utf-8?q?Hello=0D=0ABcc=3A_everybody=40example.com?=",
    '", everybody@example.com, "',
]


@pytest.mark.parametrize("words", INJECTIONS)
def test_a_subject_or_a_name_adds_no_header(words: str) -> None:
    letter = compose("cap90@erable.ca", words, ["luc@erable.ca"], words, "Body")

    read = message_from_bytes(bytes(letter), policy=default)
    expected = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version"}
    assert set(read.keys()) == expected | {"Content-Type", "Content-Transfer-Encoding"}
    assert [address.addr_spec for address in read["From"].addresses] == ["cap90@erable.ca"]
    assert [address.addr_spec for address in read["To"].addresses] == ["luc@erable.ca"]
    assert read.get_content().splitlines() == ["Body"]
    assert b"\nbcc" not in bytes(letter).lower()


@pytest.mark.parametrize(
    "address",
    [
        "luc",
        "@erable.ca",
        "luc@",
        "",
        "luc@erable.ca, ann@erable.ca",
        "luc@erable.ca\r\nBcc: ann@erable.ca",
        "luc@erable.ca>\nBcc: <ann@erable.ca",
        "luc tremblay@erable.ca",
        "Luc <luc@erable.ca>",
    ],
)
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises(Refused, match="is not an e-mail address"):
        compose("cap90@erable.ca", "Érable", [address], "Hello", "Body")
    with pytest.raises(Refused, match="is not an e-mail address"):
        compose(address or "-", "Érable", ["luc@erable.ca"], "Hello", "Body")
