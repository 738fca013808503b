"""Requests to a provider: to https addresses only, in little time, with small answers."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from dashboard.gate import doorstep
from dashboard.gate.oidc.failures import LoginRefused, Reason

#: Discovery documents and key sets of the large providers have 2 to 20 KiB.
MAX_BYTES = 256 * 1024
#: For all of an answer; somebody is waiting in front of a blank page.
MAX_SECONDS = 10.0

_TIMEOUT = httpx.Timeout(5.0)


def is_near(address: str) -> bool:
    """Tell whether an address leads to this computer."""
    return doorstep.is_loopback(urlsplit(address).hostname)


def is_safe(address: object) -> bool:
    """Tell whether an address may be asked: https, or this computer (tests, trying things out)."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_near(address))


class Transport:
    """Asks providers.

    Attributes:
        under: What carries the requests; None: the network.
    """

    def __init__(self, under: httpx.AsyncBaseTransport | None = None) -> None:
        self.under = under

    async def get(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the JSON object at an address.

        Raises:
            LoginRefused: The provider does not answer, or not with that.
        """
        status, found = await self._ask("GET", address, headers=dict(headers or {}))
        if status != httpx.codes.OK:
            raise LoginRefused(Reason.UNREACHABLE, f"{address} answered {status}")
        return found

    async def post(
        self, address: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any]]:
        """Return status and JSON object that an address answers a form with.

        Raises:
            LoginRefused: As for ``get``; any status is an answer.
        """
        return await self._ask("POST", address, data=dict(form), headers=dict(headers))

    async def _ask(self, method: str, address: str, **more: Any) -> tuple[int, dict[str, Any]]:
        try:
            async with (
                asyncio.timeout(MAX_SECONDS),
                # a proxy of the company is for other computers; redirects are nobody's standard here
                httpx.AsyncClient(
                    transport=self.under,
                    timeout=_TIMEOUT,
                    trust_env=not is_near(address),
                    follow_redirects=False,
                ) as client,
                client.stream(method, address, **more) as answer,
            ):
                return answer.status_code, _object(await _body(answer), address)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            # its text may quote the request; its kind says enough
            raise LoginRefused(
                Reason.UNREACHABLE, f"{address} did not answer: {type(error).__name__}"
            ) from None


async def _body(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > MAX_BYTES:
            raise LoginRefused(Reason.UNREACHABLE, f"{answer.url.host} answered too much")
    return bytes(body)


def _object(body: bytes, address: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise LoginRefused(Reason.UNREACHABLE, f"{address} did not answer with a JSON object")
    return found
