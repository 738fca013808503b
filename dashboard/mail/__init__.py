"""What leaves by e-mail."""

from dashboard.mail.message import compose, is_address
from dashboard.mail.sending import PASSWORD_VARIABLE, MailRefused, Sent, send

__all__ = ["PASSWORD_VARIABLE", "MailRefused", "Sent", "compose", "is_address", "send"]
