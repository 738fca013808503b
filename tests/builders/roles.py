"""The sample company as ``cap90 run`` serves it, with somebody of every role at the door."""

import json
import re
import shutil
import socket as socket_module
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access.accounts import Account, disable, link_person
from dashboard.access.login import log_out
from dashboard.access.rights import Role
from pipelines import backup
from pipelines.context import open_context
from pipelines.people.register import list_people
from pipelines.sample import PEOPLE
from tests.builders.company import OWNER, Company, company_running
from tests.builders.sample import sample_workspace

ZOE, MARC_ANDRE = PEOPLE[:2]
_SECONDS = 60


@dataclass(frozen=True)
class Somebody:
    """Somebody who comes to the door.

    Attributes:
        name: What tests call them.
        letter: Their role, as tables of expectations write it: O, M, S, V; "" if they are not in.
        cookie: What their browser sends.
    """

    name: str
    letter: str
    cookie: str
    account: Account | None = None


@contextmanager
def sample_running(folder: Path) -> Iterator[tuple[Company, dict[str, Somebody]]]:
    """Run the sample company, and return it with everybody who may come."""
    shutil.move(sample_workspace(folder), folder / "company")
    with open_context(folder / "company") as context:
        backup.by_hand(context.workspace, context.store)
        people = {person.name: person.person_id for person in list_people(context)}
    with company_running(folder) as company:
        yield company, {one.name: one for one in _visitors(company, people)}


def _visitors(company: Company, people: dict[str, int]) -> Iterator[Somebody]:
    yield Somebody("nobody", "", "")
    yield Somebody("a made-up cookie", "", f"{company.cookie_name}=" + "A" * 43)
    for name, letter, role in (
        ("owner", "O", Role.OWNER),
        ("manager", "M", Role.MANAGER),
        (ZOE, "S", Role.SALESPERSON),
        (MARC_ANDRE, "S", Role.SALESPERSON),
        ("viewer", "V", Role.VIEWER),
        ("logged out", "", Role.OWNER),
        ("disabled", "", Role.OWNER),
    ):
        account = company.join(f"{name} {role}" if name not in people else name, role)
        if name in people:
            account = link_person(
                company.access, OWNER, account.account_id, people[name], account.version
            )
        cookie = company.cookie_of(account)
        if name == "logged out":
            log_out(company.access, cookie.partition("=")[2])
        if name == "disabled":
            disable(company.access, OWNER, account.account_id, account.version)
        yield Somebody(name, letter, cookie, account)


@dataclass
class Shown:
    """What came through the web socket of a page, from its opening to its end.

    Attributes:
        page: The address of the page that was shown.
        pages: Those in the menu, or hidden in it.
        said: Every byte, one message after the other.
    """

    page: str
    pages: frozenset[str]
    said: bytes

    @property
    def tickets(self) -> list[str]:
        """The addresses of the files that the page links to."""
        found = re.findall(rb"/download/\.?[\w-]+\.[\w-]+\.[\w-]{43}", self.said)
        return list(dict.fromkeys(link.decode() for link in found))

    def says(self, words: str) -> bool:
        """Tell whether words are anywhere in it, as text or as JSON writes them."""
        return words.encode() in self.said or json.dumps(words)[1:-1].encode() in self.said


def socket(
    company: Company, cookie: str, *, origin: str | None = None, host: str | None = None
) -> ClientConnection:
    """Open the web socket of a page."""
    headers = {"Cookie": cookie}
    port = company.port
    return connect(
        f"ws://{host or 'localhost'}:{port}/_stcore/stream",
        sock=_near(port),
        origin=Origin(company.address if origin is None else origin),
        additional_headers=headers,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=_SECONDS,
    )


def open_page(tab: ClientConnection, page: str, query: str = "") -> Shown:
    """Ask for a page, and read until it is there."""
    tab.send(
        BackMsg(rerun_script=ClientState(query_string=query, page_name=page)).SerializeToString()
    )
    said, shown, pages = bytearray(), "", frozenset[str]()
    while True:
        data = tab.recv(timeout=_SECONDS)
        assert isinstance(data, bytes)
        said += data
        message = ForwardMsg()
        message.ParseFromString(data)
        match message.WhichOneof("type"):
            case "navigation":
                known = {
                    one.page_script_hash: one.url_pathname for one in message.navigation.app_pages
                }
                shown, pages = known[message.navigation.page_script_hash], frozenset(known.values())
            case "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return Shown(shown, pages, bytes(said))
            case _:
                pass


def _near(port: int) -> socket_module.socket:
    return socket_module.create_connection(("127.0.0.1", port), _SECONDS)
