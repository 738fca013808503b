"""What can be told about a request before anybody asks who it is from: is it meant for us at all?

A page of somebody else in the same browser may send requests here, under our cookie; a name in
somebody else's domain may lead to this computer. Host, Origin and what browsers say about where a
request comes from tell them apart.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from pipelines.errors import Refused, msg

#: What our addresses are made of. Nothing is encoded in them, so that nothing has two spellings.
_PATH = re.compile(rb"/(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*)?")
_DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
#: What browsers send and somebody here reads. A header that says who somebody is never counts.
_KEPT = frozenset(
    {
        *("host", "cookie", "origin", "referer", "user-agent", "authorization"),
        *("accept", "accept-encoding", "accept-language", "cache-control", "pragma", "range"),
        *("content-type", "content-length", "content-encoding", "transfer-encoding", "expect"),
        *("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range"),
        *("connection", "upgrade", "sec-websocket-key", "sec-websocket-version"),
        *("sec-websocket-protocol", "sec-websocket-extensions", "x-xsrftoken"),
        *("sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"),
    }
)


def clean_path(scope: Scope) -> bool:
    """Tell whether a path is spelled the only way that counts: nothing encoded, no way up."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return bool(_PATH.fullmatch(raw)) and not _DOTS.search(scope["path"])


def stripped(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return headers without those that nobody here has any business with."""
    return [(name, value) for name, value in headers if name.decode("latin-1").lower() in _KEPT]


def is_loopback(address: str | None) -> bool:
    """Tell whether an address is this computer's own."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return address == "localhost"


@dataclass(frozen=True)
class Doorstep:
    """Where people come from, and under which names.

    Attributes:
        public_url: Under which others reach the pages through their TLS proxy, such as
            ``https://kpi.example.com``; None: on this computer only.
        port: Which one is listened on; None: not known, as in tests.
    """

    public_url: str | None = None
    port: int | None = None

    @classmethod
    def at(cls, public_url: str | None) -> "Doorstep":
        """Return the doorstep of an address as somebody typed it.

        Raises:
            Refused: It is none that works.
        """
        if public_url is None:
            return cls()
        parts = urlsplit(public_url.strip())
        named = parts.scheme == "https" and bool(_HOST.fullmatch(parts.netloc))
        if not named or parts.path.strip("/") or parts.query or parts.fragment:
            raise Refused.of(
                msg("'{url}' is not an address that the pages can have.", url=public_url),
                where="--public-url",
                hint=msg(
                    "Write it with https:// and the name alone, such as https://kpi.example.com."
                ),
            )
        return cls(f"https://{parts.netloc.lower().removesuffix(':443')}")

    @property
    def secure(self) -> bool:
        """Whether browsers come by https."""
        return self.public_url is not None

    def serves(self, scope: Scope, host: str | None) -> bool:
        """Tell whether a request names us; a loopback name only counts on this computer."""
        match = _HOST.fullmatch(host or "")
        if match is None:
            return False
        name = match["name"].lower()
        if name in _LOOPBACK_NAMES:
            return is_loopback(_peer(scope))
        return self.public_url is not None and name == _name_of(self.public_url)

    def comes_from_us(self, headers: Headers) -> bool:
        """Tell whether a request that may change something was sent by a page of ours.

        Browsers always say so on such requests and let no page lie about it.
        """
        origin, host = headers.get("origin"), headers.get("host", "").lower()
        site = headers.get("sec-fetch-site")
        if site not in {None, "same-origin"}:
            return False
        expected = {f"http://{host}"}
        if self.public_url is not None and host.partition(":")[0] == _name_of(self.public_url):
            expected = {self.public_url}
        return origin is not None and origin.lower() in expected

    def may_read(self, headers: Headers) -> bool:
        """Tell whether a request that changes nothing may be answered.

        Pages of others may lead people here, but not weave what is here into themselves.
        """
        if headers.get("sec-fetch-site") not in {"cross-site", "same-site"}:
            return True
        document = headers.get("sec-fetch-dest") in {None, "document"}
        return headers.get("sec-fetch-mode") == "navigate" and document

    def address(self, scope: Scope) -> str:
        """Return the address that somebody comes from, as our own proxy says it."""
        peer = _peer(scope) or ""
        if not self.secure or not is_loopback(peer):
            return peer
        said = Headers(scope=scope).get("x-forwarded-for", "")
        # the last one was added by our proxy; whatever stands before it, anybody can write
        last = said.rpartition(",")[2].strip()
        try:
            return str(ipaddress.ip_address(last))
        except ValueError:
            return peer

    def scheme(self, scope: Scope) -> str:
        """Return http or https, as our own proxy says it."""
        said = Headers(scope=scope).get("x-forwarded-proto", "")
        believed = self.secure and is_loopback(_peer(scope)) and said in {"http", "https"}
        return said if believed else str(scope["scheme"]).replace("ws", "http")


def _peer(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


def _name_of(url: str) -> str:
    return urlsplit(url).netloc.lower().partition(":")[0]
