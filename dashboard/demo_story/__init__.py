"""What the people of the sample company decided and promised, told through the usual functions.

Two reviewed quarters and the running one: reviews, plans, meetings, experiments, pacts. Every gesture is the one that a page
or a meeting would make, on its day, at its hour, in somebody's hands.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.demo_story.gap_reviews import gap_review_scenes
from dashboard.demo_story.meetings import meeting_scenes
from dashboard.demo_story.numbers import choose_numbers
from dashboard.demo_story.plans import plan_scenes
from dashboard.demo_story.promises import promise_scenes
from dashboard.demo_story.quarter_reviews import quarter_review_scenes
from dashboard.demo_story.stage import MEETINGS, Days, Stage, play
from dashboard.demo_story.trials import pact_scenes, trial_scenes
from pipelines.context import Context
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.sample import OWNER

__all__ = ["MEETINGS", "Days", "tell"]

#: New objects; the usual number costs the story a tenth of its time.
_SELDOM = 200_000


def tell(context: Context) -> None:
    """Tell what happened up to the context's day."""
    days = Days(context)
    scenes = [
        *quarter_review_scenes(days),
        *gap_review_scenes(days),
        *plan_scenes(days),
        *meeting_scenes(days),
        *promise_scenes(days),
        *trial_scenes(days),
        *pact_scenes(days),
    ]

    def steps() -> None:
        # the exports name those who sell
        add_person(context, Details(OWNER))
        choose_numbers(context, days)
        play(scenes, Stage(context, days))

    with _seldom_tidied():
        context.store.together(steps)


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Let Python look for cycles seldom: a story makes millions of objects and few of them."""
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
