"""Who an account stands for at the moment its job runs."""

from functools import partial

from dashboard.access.access import Access
from dashboard.access.accounts import visitor_of
from dashboard.jobs.desk import WhoIs


def whois(access: Access) -> WhoIs:
    """Return what finds the visitor of an account, None for one that is closed or gone."""
    return partial(visitor_of, access)
