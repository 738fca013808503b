"""Any table whose columns say what they are, in English, French, Spanish, Portuguese or German.

Headers are compared without blanks, punctuation and accents (``close_date`` is ``Close Date``).
Only words that mean one thing are listed: a date that merely says "date" in a list of deals, or
"engage date", is left alone rather than taken for a creation date.
"""

from pipelines.sources.generic.activities import ACTIVITIES
from pipelines.sources.generic.deals import DEALS
from pipelines.sources.generic.invoices import INVOICES
from pipelines.sources.generic.small import KPI_ENTRIES, STAGE_ENTRIES
from pipelines.sources.source import Source

SOURCE = Source(
    name="generic",
    title="generic",
    layouts=(DEALS, ACTIVITIES, INVOICES, STAGE_ENTRIES, KPI_ENTRIES),
    loose=True,
)
