"""What the people of the sample company decided and promised, told through the usual functions.

A quarter of its rhythm: plans, meetings, experiments, pacts. Every gesture is the one that a page
or a meeting would make, on its day, at its hour, in somebody's hands.
"""

from dashboard.demo_story.meetings import meeting_scenes
from dashboard.demo_story.numbers import choose_numbers
from dashboard.demo_story.plans import plan_scenes
from dashboard.demo_story.promises import promise_scenes
from dashboard.demo_story.stage import Days, Stage, play
from dashboard.demo_story.trials import pact_scenes, trial_scenes
from pipelines.context import Context
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.sample import OWNER

__all__ = ["tell"]


def tell(context: Context) -> None:
    """Tell the quarter that ends with the context's day."""
    days = Days(context)
    scenes = [
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

    context.store.together(steps)
