"""Why somebody who came from a provider is not logged in, and what they can do."""

from enum import StrEnum

from pipelines.errors import AccessRefused, Message, Problem, msg


class Reason(StrEnum):
    """What went wrong; the value is what the audit trail calls it."""

    UNKNOWN_PROVIDER = "unknown_provider"
    MISCONFIGURED = "misconfigured"
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    PROVIDER_REFUSED = "provider_refused"
    EXPIRED = "expired"
    NOT_STARTED_HERE = "not_started_here"
    REPLAYED = "replayed"
    UNTRUSTED = "untrusted"
    CLOCK = "clock"
    NOT_VOUCHED = "not_vouched"


class LoginRefused(AccessRefused):
    """Nobody was logged in.

    Attributes:
        reason: For the page and the audit trail.
        detail: For the owner, in technical English; never holds a token, a code or a secret.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(problem(reason, "OpenID Connect"))
        self.reason = reason
        self.detail = detail


def problem(reason: Reason, provider: str) -> Problem:
    """Return what people read.

    Args:
        provider: Its name, as on the button.
    """
    what, hint = _SAID[reason]
    return Problem(_with(what, provider), hint=_with(hint, provider))


def _with(message: Message, provider: str) -> Message:
    return msg(message.template, provider=provider) if "{provider}" in message.template else message


_START_AGAIN = msg("Start again from the login page.")
_TELL_THE_OWNER = msg("Try again. If it happens again, tell the owner: the audit trail says why.")

_SAID: dict[Reason, tuple[Message, Message]] = {
    Reason.UNKNOWN_PROVIDER: (
        msg("There is no login of this name."),
        msg("Choose one of the buttons of the login page."),
    ),
    Reason.MISCONFIGURED: (
        msg("The login with {provider} is not set up correctly."),
        msg("Log in with your password, and tell the owner: the audit trail says what is wrong."),
    ),
    Reason.UNREACHABLE: (
        msg("{provider} does not answer."),
        msg("Try again in a minute, or log in with your password."),
    ),
    Reason.CANCELLED: (
        msg("You did not finish logging in with {provider}."),
        msg("Start again from the login page if you did not mean to stop."),
    ),
    Reason.PROVIDER_REFUSED: (msg("{provider} did not let you in."), _TELL_THE_OWNER),
    Reason.EXPIRED: (msg("Logging in took longer than ten minutes."), _START_AGAIN),
    Reason.NOT_STARTED_HERE: (
        msg("This login was not started in this browser, or another one was started after it."),
        _START_AGAIN,
    ),
    Reason.REPLAYED: (msg("This login was used already."), _START_AGAIN),
    Reason.UNTRUSTED: (msg("The answer of {provider} cannot be trusted."), _TELL_THE_OWNER),
    Reason.CLOCK: (
        msg("The clocks of {provider} and of this company's computer do not agree."),
        msg("Tell the owner: the clock of the computer that runs Cap 90 has to be set right."),
    ),
    Reason.NOT_VOUCHED: (
        msg("{provider} does not vouch for your e-mail address."),
        msg(
            "Log in with your password, and tell the owner: the instructions of Cap 90 say what {provider} needs."
        ),
    ),
}
