"""The desk of the workspace this process serves."""

import threading

from dashboard.jobs.book import Book
from dashboard.jobs.desk import Desk, WhoIs

_lock = threading.Lock()
_open: list[Desk] = []


def open_desk(book: Book, whois: WhoIs) -> Desk:
    """Take in jobs from now on, and go on with those that an earlier process left.

    Raises:
        StoreError: They cannot be read or written.
    """
    close_desk()
    with _lock:
        _open.append(Desk(book, whois))
        opened = _open[0]
    opened.resume()
    return opened


def desk() -> Desk:
    """Return the desk; without a server there is one that keeps nothing."""
    with _lock:
        if not _open:
            _open.append(Desk())
        return _open[0]


def close_desk() -> None:
    """Stop what runs; see ``Desk.close``. Closing twice does no harm."""
    with _lock:
        closing = _open.pop() if _open else None
    if closing is not None:
        closing.close()
