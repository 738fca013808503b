"""The systems that exports come from: their columns, their words, their quirks.

One module per CRM holds what is known about its export files; ``generic`` knows what people
call things in tables made by hand or by other systems. ``recognise`` chooses between them.
"""

from pipelines.sources import generic, hubspot, pipedrive, salesforce
from pipelines.sources.source import Layout, Source

#: In no particular order: recognition compares scores.
SOURCES: dict[str, Source] = {
    source.name: source
    for source in (hubspot.SOURCE, salesforce.SOURCE, pipedrive.SOURCE, generic.SOURCE)
}

__all__ = ["SOURCES", "Layout", "Source"]
