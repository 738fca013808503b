"""What a click on the pages of minutes and preparations does."""

from dashboard import posting
from dashboard.components.messages import attempt
from dashboard.jobs.current import desk
from dashboard.rhythm.meeting.letters import Post
from dashboard.text import Language

#: What is quickly done is shown as done, without a step between.
_SOON_SECONDS = 0.5


def send_minutes(language: Language, meeting_id: int, *, again: bool = False) -> None:
    """Send the minutes of a meeting to those who have not got them.

    Args:
        again: To everybody, whoever has got them already too.
    """
    _send(language, meeting_id, Post.MINUTES, again=again)


def send_preparation(language: Language, meeting_id: int, *, again: bool = False) -> None:
    """Send what is to be read before a meeting to those who are invited; see ``send_minutes``."""
    _send(language, meeting_id, Post.PREREAD, again=again)


def is_sending(meeting_id: int, post: Post) -> bool:
    """Tell whether letters about a meeting are on their way."""
    return posting.under_way(meeting_id, post) is not None


def _send(language: Language, meeting_id: int, post: Post, *, again: bool) -> None:
    def hand_in() -> None:
        desk().wait(posting.submit(meeting_id, post, again=again), _SOON_SECONDS)

    attempt(language, hand_in)
