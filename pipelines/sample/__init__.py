"""The sample company: an invented manufacturer whose answers are known.

``generate`` writes the files that its CRM and its accounting would export on a given
day. Pure: no clock, no disk, no network; the same day gives the same bytes.
"""

from pipelines.sample.company import COMPANY, OWNER, PEOPLE
from pipelines.sample.files import SampleFile, generate, generate_earlier
from pipelines.sample.planted import SHIPPED_DAY, Planted
from pipelines.sample.stuck import stuck_deals

__all__ = [
    "COMPANY",
    "OWNER",
    "PEOPLE",
    "SHIPPED_DAY",
    "Planted",
    "SampleFile",
    "generate",
    "generate_earlier",
    "stuck_deals",
]
