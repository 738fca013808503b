"""What was done in a quarter: actions and experiments, and whether they moved a KPI. Pure."""

from dashboard import format as fmt
from dashboard.report.quarterly.kpis import told
from dashboard.report.quarterly.scores import decided_cell
from dashboard.report.sheet import Cell, Column, Part, Table
from dashboard.rhythm.quarter.model import Item, QuarterReview, WorkNumbers
from dashboard.text import Language, render, text


def work(review: QuarterReview, language: Language) -> tuple[Part, ...]:
    """Return the actions in a table and the experiments one by one; nothing without any."""
    found = [(item, item.work) for item in review.work if item.work is not None]
    actions = [(item, numbers) for item, numbers in found if not numbers.experiment]
    trials = [item for item, numbers in found if numbers.experiment]
    return (*_actions(actions, language), *_trials(trials, language))


def _actions(found: list[tuple[Item, WorkNumbers]], language: Language) -> tuple[Part, ...]:
    if not found:
        return ()
    columns = (
        Column(text("Action", language), wide=True),
        Column(text("What came of it", language), wide=True),
        Column(text("Decision", language)),
    )
    rows = tuple(_row(item, numbers, language) for item, numbers in found)
    return (Part(text("Actions of the quarter", language), (Table(columns, rows),)),)


def _row(item: Item, numbers: WorkNumbers, language: Language) -> tuple[Cell, ...]:
    # who did what beside it would fill the page with titles
    facts = [render(fact.discreet or fact.said, language) for fact in item.facts]
    state, *effect = facts or [""]
    due = fmt.short_day(numbers.due_on, language)
    return (
        Cell(render(item.name, language), " · ".join(part for part in (item.owner, due) if part)),
        Cell(state, " ".join(effect)),
        decided_cell(item, language),
    )


def _trials(found: list[Item], language: Language) -> tuple[Part, ...]:
    blocks = tuple(block for item in found for block in told(item, language))
    return (Part(text("Experiments", language), blocks),) if blocks else ()


def rituals(review: QuarterReview, language: Language) -> Part | None:
    """Return how the meetings went; None without any."""
    blocks = tuple(block for item in review.rituals for block in told(item, language))
    return Part(text("The rituals", language), blocks) if blocks else None
