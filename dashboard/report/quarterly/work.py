"""What was done in a quarter: actions and experiments, and whether they moved a KPI. Pure."""

from dashboard import format as fmt
from dashboard.report.quarterly.kpis import told
from dashboard.report.quarterly.scores import decided_cell
from dashboard.report.sheet import Block, Cell, Column, Part, Sentence, Table
from dashboard.rhythm.quarter.model import Item, QuarterReview, WorkNumbers, WorkState
from dashboard.rhythm.quarter.unjudged import SHARED, Unjudged
from dashboard.text import Language, render, text, text_plural


def work(review: QuarterReview, language: Language) -> tuple[Part, ...]:
    """Return the actions in a table and the experiments one by one; nothing without any."""
    found = [(item, item.work) for item in review.work if item.work is not None]
    actions = [(item, numbers) for item, numbers in found if not numbers.experiment]
    trials = [item for item, numbers in found if numbers.experiment]
    return (*_actions(actions, language), *_trials(trials, language))


def _actions(found: list[tuple[Item, WorkNumbers]], language: Language) -> tuple[Part, ...]:
    if not found:
        return ()
    folded: dict[Unjudged, list[tuple[Item, WorkNumbers]]] = {}
    whole = []
    for item, numbers in found:
        if (why := _shared_reason(item, numbers)) is not None:
            folded.setdefault(why, []).append((item, numbers))
        else:
            whole.append((item, numbers))
    columns = (
        Column(text("Action", language), wide=True),
        Column(text("What came of it", language), wide=True),
        Column(text("Decision", language)),
    )
    rows = tuple(_row(item, numbers, language) for item, numbers in whole)
    blocks: list[Block] = [Table(columns, rows)] if rows else []
    for why, those in folded.items():
        blocks += [Sentence(render(SHARED[why], language)), _done(those, language)]
    return (Part(text("Actions of the quarter", language), tuple(blocks)),)


def _shared_reason(item: Item, numbers: WorkNumbers) -> Unjudged | None:
    """Return why something done cannot be judged, if that is all there is to say about it."""
    is_over = numbers.state is WorkState.DONE and numbers.done_on is not None
    if not is_over or item.holds is not None or numbers.because not in SHARED:
        return None
    return numbers.because


def _done(found: list[tuple[Item, WorkNumbers]], language: Language) -> Table:
    """Return what was done by whom and when, in a line each."""
    columns = (
        Column(text("Action", language), wide=True),
        Column(text("KPI", language)),
        Column(text("Responsible", language)),
        Column(text("Done", language)),
    )
    return Table(columns, tuple(_line(item, numbers, language) for item, numbers in found))


def _line(item: Item, numbers: WorkNumbers, language: Language) -> tuple[Cell, ...]:
    done = numbers.done_on or numbers.due_on
    late = (done - numbers.due_on).days
    after = text_plural("{count} day after its date", "{count} days after its date", late, language)
    return (
        Cell(render(item.name, language)),
        Cell(render(numbers.kpi_name, language) if numbers.kpi_name else fmt.NOTHING),
        Cell(item.owner or fmt.NOTHING),
        Cell(fmt.short_day(done, language), after if late > 0 else ""),
    )


def _row(item: Item, numbers: WorkNumbers, language: Language) -> tuple[Cell, ...]:
    # who did what beside it would fill the page with titles
    facts = [render(fact.discreet or fact.said, language) for fact in item.facts]
    state, *effect = facts or [""]
    if numbers.because is Unjudged.NOT_DONE:
        effect = []  # the state says so
    due = fmt.short_day(numbers.due_on, language)
    # what was to move is named in what came of it
    kpi = render(numbers.kpi_name, language) if numbers.kpi_name and not numbers.effect else ""
    return (
        Cell(
            render(item.name, language), " · ".join(part for part in (item.owner, due, kpi) if part)
        ),
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
