"""What pages show, read through the pipelines; one module per part of the product.

Pages say ``data.kpis.kpi(…)``. What does not change by the second is kept until something changes.
"""

from dashboard.data import (
    access,
    commitments,
    entries,
    imports,
    improve,
    kpis,
    meeting,
    minutes,
    own,
    people,
    plan,
    reviews,
    steps,
)

__all__ = [
    "access",
    "commitments",
    "entries",
    "imports",
    "improve",
    "kpis",
    "meeting",
    "minutes",
    "own",
    "people",
    "plan",
    "reviews",
    "steps",
]
