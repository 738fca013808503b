"""The day's backup is made while the application runs."""

import threading

from pipelines.backup import Timer
from pipelines.errors import BackupError, msg


def test_it_is_made_again_and_again_until_the_application_ends() -> None:
    twice = threading.Semaphore(0)
    timer = Timer(twice.release, first_after=0, every=0)

    timer.start()
    assert twice.acquire(timeout=10)
    assert twice.acquire(timeout=10)
    timer.stop()

    while twice.acquire(blocking=False):
        pass
    assert not twice.acquire(timeout=0.05)


def test_what_goes_wrong_is_remembered_until_it_goes_well() -> None:
    failed, went_well = threading.Event(), threading.Event()

    def work() -> None:
        if not failed.is_set():
            failed.set()
            raise BackupError.of(msg("The disk is full."))
        seen.append(timer.problems)
        went_well.set()

    seen: list[object] = []
    timer = Timer(work, first_after=0, every=0)
    timer.start()
    assert went_well.wait(10)
    timer.stop()

    assert seen[0] != ()
    assert timer.problems == ()


def test_what_nobody_expected_does_not_end_it() -> None:
    tried = threading.Semaphore(0)

    def work() -> None:
        tried.release()
        raise ZeroDivisionError

    timer = Timer(work, first_after=0, every=0)
    timer.start()
    assert tried.acquire(timeout=10)
    assert tried.acquire(timeout=10)
    timer.stop()
