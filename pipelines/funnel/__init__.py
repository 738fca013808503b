"""The pipeline review: what moved in the open pipeline, what stands still, what to ask about.

``pipeline_review`` reads everything from the database; ``model`` says what it found, ``words`` says it
to people.
"""

from pipelines.funnel.reading import days_to_choose, people_with_deals, pipeline_review

__all__ = ["days_to_choose", "people_with_deals", "pipeline_review"]
