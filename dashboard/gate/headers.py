"""What every answer tells the browser: what it may run, keep, show elsewhere, and ask of others."""

from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from dashboard.gate import frontend
from dashboard.gate.table import Rule

#: For the pages that the gate itself makes: text, its own style, forms that come back to it.
OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), "
        "browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_FORGOTTEN = ("server", "x-powered-by", "access-control-allow-origin")
#: A year, as browsers ask for at least; for every name below ours as well.
_STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


@cache
def policy() -> str:
    """Return the content security policy of Streamlit's pages, for the version installed here.

    Its page has one script within itself, which is allowed by its hash; everything else comes
    from this server. Its styles are made in the browser, without hashes.
    """
    hashes = "".join(f" {one}" for one in frontend.script_hashes())
    return (
        "default-src 'self'; "
        f"script-src 'self' blob:{hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def guarded(send: Send, rule: Rule | None, *, secure: bool) -> Send:
    """Return a ``send`` that puts the headers on an answer; an own policy and referrer stay."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            headers = MutableHeaders(scope=message)
            for name in _FORGOTTEN:
                del headers[name]
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", policy())
            if rule is None or not rule.lasting or message["status"] >= 400:  # noqa: PLR2004 - refusals
                headers["Cache-Control"] = "no-store"
            if secure:
                headers["Strict-Transport-Security"] = _STRICT_TRANSPORT
        await send(message)

    return send_with_headers
