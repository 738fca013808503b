"""The twelve meetings of the quarter, as they were held: the oldest first."""

from dashboard.demo_story.first_half import FIRST_HALF
from dashboard.demo_story.second_half import SECOND_HALF

QUARTER = (*FIRST_HALF, *SECOND_HALF)
