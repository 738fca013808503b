"""What leaves by e-mail."""

from dashboard.mail.message import compose
from dashboard.mail.sending import PASSWORD_VARIABLE, MailRefused, Sent, send

__all__ = ["PASSWORD_VARIABLE", "MailRefused", "Sent", "compose", "send"]
