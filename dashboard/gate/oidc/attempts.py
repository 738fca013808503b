"""A login that was started in a browser and may be finished there once, within ten minutes."""

from collections import OrderedDict
from dataclasses import asdict, dataclass
from datetime import UTC
from hashlib import sha256

from authlib.common.security import generate_token
from itsdangerous import BadData, URLSafeSerializer

from dashboard.gate.oidc.failures import LoginRefused, Reason
from pipelines import clock

LIFE_SECONDS = 600
#: Finished attempts that are remembered; the provider refuses a code's second use as well.
_REMEMBERED = 10_000
#: RFC 7636, section 4.1, allows 43 to 128 characters; 48 of 62 kinds hold 285 bits.
_CHARACTERS = 48


@dataclass(frozen=True)
class Attempt:
    """What a browser keeps while its owner is at the provider.

    Attributes:
        provider: Its key in the settings.
        state: Comes back in the address: the answer belongs to this browser.
        nonce: Comes back in the ID token: the token belongs to this attempt.
        verifier: Proves to the provider that whoever brings the code has started (PKCE).
        back: The address the provider sends people back to.
        to: The page of ours they wanted to see.
        until: In seconds since 1970.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    back: str
    to: str
    until: int


class Attempts:
    """Starts attempts, seals them for the browser's cookie and lets each be finished once.

    Args:
        secret: Signs the cookies; a new one makes all open attempts worthless.
    """

    def __init__(self, secret: bytes) -> None:
        self._seal = URLSafeSerializer(
            secret, salt="oidc-attempt", signer_kwargs={"digest_method": sha256}
        )
        self._finished: OrderedDict[str, None] = OrderedDict()

    def start(self, provider: str, back: str, to: str = "/") -> tuple[Attempt, str]:
        """Return a new attempt, and the text that the browser keeps of it."""
        attempt = Attempt(
            provider=provider,
            state=generate_token(_CHARACTERS),
            nonce=generate_token(_CHARACTERS),
            verifier=generate_token(_CHARACTERS),
            back=back,
            to=to,
            until=_now() + LIFE_SECONDS,
        )
        return attempt, str(self._seal.dumps(asdict(attempt)))

    def finish(self, provider: str, state: str, sealed: str | None) -> Attempt:
        """Return the attempt that an answer belongs to; nobody gets it a second time.

        Args:
            state: As the answer brings it.
            sealed: What the browser kept; None if nothing.

        Raises:
            LoginRefused: There is no such attempt in this browser, or not any more.
        """
        if state in self._finished:
            raise LoginRefused(Reason.REPLAYED)
        if not sealed:
            raise LoginRefused(Reason.NOT_STARTED_HERE, "the browser brought no cookie")
        try:
            attempt = Attempt(**self._seal.loads(sealed))
        except (BadData, TypeError):
            raise LoginRefused(Reason.NOT_STARTED_HERE, "the cookie is not ours") from None
        if attempt.state != state or attempt.provider != provider:
            raise LoginRefused(Reason.NOT_STARTED_HERE, "the state is not the cookie's")
        self._finished[state] = None
        if len(self._finished) > _REMEMBERED:
            self._finished.popitem(last=False)
        if _now() >= attempt.until:
            raise LoginRefused(Reason.EXPIRED)
        return attempt


def _now() -> int:
    return int(clock.now().replace(tzinfo=UTC).timestamp())
