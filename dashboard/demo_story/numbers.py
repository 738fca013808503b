"""The numbers the company steers by: seven KPIs, each with somebody responsible, and targets."""

from datetime import timedelta

from dashboard.demo_story.quarter_script import PIPELINE
from dashboard.demo_story.stage import ETIENNE, FRANCOIS, GENEVIEVE, MARC_ANDRE, ZOE, Days
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from pipelines.sample import PEOPLE

_CHOICE = (
    ("new_opportunities", ZOE),
    ("meetings_held", ZOE),
    ("no_show_rate", ZOE),
    # the first quarterly review puts the proposals sent in its place
    (PIPELINE, GENEVIEVE),
    ("sales_won", MARC_ANDRE),
    ("win_rate", ETIENNE),
    ("gross_margin_rate", FRANCOIS),
)
_SALES_A_QUARTER = dict(zip(PEOPLE, (364_000, 260_000, 247_000, 234_000, 195_000), strict=True))
_ALL_SALES_A_QUARTER = sum(_SALES_A_QUARTER.values())
#: Until a gap review adjusts it.
_ALL_MEETINGS_A_WEEK = 24
_PIPELINE_A_QUARTER = 3_500_000
#: They add up to what the company aims at since that gap review, and are what Zoé and Étienne agreed to in their own plans.
_MEETINGS_A_WEEK = dict.fromkeys(PEOPLE, 3) | {ZOE: 9, ETIENNE: 4}
#: The company began to work with Cap 90 this long before the first quarter it reviewed.
_BEGAN_BEFORE = timedelta(weeks=2)
#: Targets reach further back than any trend that is shown, so that past weeks have theirs.
_AIMED = timedelta(weeks=52)


def choose_numbers(context: Context, days: Days) -> None:
    """Choose seven KPIs and set targets for the company and its people."""
    choose(context.on(days.first_quarter.start - _BEGAN_BEFORE), _CHOICE)
    start = (days.monday - _AIMED).replace(day=1)
    for request in (
        TargetRequest("new_opportunities", 11, start, per=Grain.WEEK),
        TargetRequest("meetings_held", _ALL_MEETINGS_A_WEEK, start, per=Grain.WEEK),
        TargetRequest("no_show_rate", 0.10, start),
        TargetRequest(PIPELINE, _PIPELINE_A_QUARTER, start, per=Grain.QUARTER),
        TargetRequest("proposals_sent", 9, start, per=Grain.WEEK),
        TargetRequest("sales_won", _ALL_SALES_A_QUARTER, start, per=Grain.QUARTER),
        TargetRequest("win_rate", 0.30, start),
        TargetRequest("gross_margin_rate", 0.32, start),
    ):
        set_target(context, request)
    for owner in PEOPLE:
        sales = _SALES_A_QUARTER[owner]
        for request in (
            TargetRequest("sales_won", sales, start, per=Grain.QUARTER, owner=owner),
            TargetRequest(
                "meetings_held", _MEETINGS_A_WEEK[owner], start, per=Grain.WEEK, owner=owner
            ),
        ):
            set_target(context, request)
