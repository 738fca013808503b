"""Why an effect cannot be judged, in a word, and in a sentence for all that share it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from pipelines.analysis.signals import MIN_POINTS
from pipelines.errors import Message, msg


class Unjudged(StrEnum):
    """Why nothing can be said about an effect."""

    NO_KPI = "no_kpi"
    NO_NUMBERS = "no_numbers"
    NOT_DONE = "not_done"
    TOO_FEW = "too_few"
    CROWDED = "crowded"


#: In a sentence for several things; what is not here, each tells itself.
SHARED: Mapping[Unjudged, Message] = {
    Unjudged.NO_KPI: msg("No KPI is linked to these: nobody can tell their effect."),
    Unjudged.NO_NUMBERS: msg("The KPI of these has no numbers: nobody can tell their effect."),
    Unjudged.TOO_FEW: msg(
        "Too early to judge the effect of these: it takes {needed} weeks with a value before and "
        "after.",
        needed=MIN_POINTS,
    ),
    Unjudged.CROWDED: msg(
        "These were done at the same time as others for the same KPI: nobody can tell which one had "
        "an effect."
    ),
}
