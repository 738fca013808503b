"""What pages show, read through the pipelines; one module per part of the product.

Pages say ``data.kpis.kpi(…)``. What does not change by the second is kept until something changes.
"""

from dashboard.data import (
    access,
    commitments,
    comparison,
    decisions,
    entries,
    gap_review,
    imports,
    improve,
    kpis,
    meeting,
    minutes,
    own,
    papers,
    people,
    pipeline,
    plan,
    quarter,
    reviews,
    steps,
)

__all__ = [
    "access",
    "commitments",
    "comparison",
    "decisions",
    "entries",
    "gap_review",
    "imports",
    "improve",
    "kpis",
    "meeting",
    "minutes",
    "own",
    "papers",
    "people",
    "pipeline",
    "plan",
    "quarter",
    "reviews",
    "steps",
]
