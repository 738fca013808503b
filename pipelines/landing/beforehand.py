"""Do beforehand what the first landing after an import would wait for."""

from pipelines.context import Context
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import steered
from pipelines.landing.landing import landings
from pipelines.landing.made_of import adds_amounts
from pipelines.landing.track_record import track_record
from pipelines.sql import statement

#: With fewer deals nobody notices that something is read.
_FEWEST = 20_000


def make_ready(context: Context, *, fewest: int = _FEWEST) -> bool:
    """Have at hand what the landings of the company's KPIs are made of, if reading it takes a while.

    What others read meanwhile does not wait; a landing that is asked for waits for what is being
    read, instead of reading it too.

    Args:
        fewest: So many deals take a while.

    Returns:
        Whether it takes a while.

    Raises:
        Stopped: Somebody stopped the work that this is part of.
    """
    rows = context.store.read(lambda cursor: cursor.execute(statement("landing/count")).fetchall())
    if rows[0][0] < fewest:
        return False
    definitions = catalogue(context)
    choices, _ = steered(context)
    keys = [one.key for one in choices if one.key in definitions]
    made_of_deals = [key for key in keys if adds_amounts(definitions[key]) is not None]
    for key in made_of_deals:
        landings(context, [key])
        track_record(context, key)
    return True
