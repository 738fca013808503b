"""What to read before a quarterly review, in words: what to decide, then the evidence. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard import format as fmt
from dashboard.report.earlier import reviewed_before
from dashboard.report.landing_parts import landing_part
from dashboard.report.minutes_verdicts import verdict_table
from dashboard.report.preread import shared
from dashboard.report.quarterly import around as papers
from dashboard.report.quarterly.following import following
from dashboard.report.quarterly.kpis import kpi_by_kpi
from dashboard.report.quarterly.scores import on_target, scores
from dashboard.report.quarterly.work import rituals, work
from dashboard.report.sheet import Fact, Facts, Part, Sentence, folded
from dashboard.rhythm.pact.words import Around
from dashboard.rhythm.preread.model import Preread, Quarter
from dashboard.rhythm.quarter.model import Item, QuarterReview
from dashboard.rhythm.quarter.model import Part as Pass
from dashboard.rhythm.quarter.words import part_name
from dashboard.text import Language, render, text, text_plural


def lead(_value: Preread, about: Quarter, around: Around) -> Iterator[Sentence]:
    """Yield what to read if nothing else is read."""
    language, review = around.language, about.record.review
    again = reviewed_before(review.quarter, review.reviewed_on, around.calendar, language)
    if again:
        yield Sentence(again, "work")
    yield from on_target(review, language)
    for note in review.notes:
        yield Sentence(render(note, language), "work")


def parts(value: Preread, about: Quarter, around: Around) -> Iterator[Part | None]:
    """Yield what the meeting looks at; None for what there is nothing to say about."""
    language, calendar, record = around.language, around.calendar, about.record
    review, numbers = record.review, record.numbers
    landings = [gap.landing for gap in numbers.gaps if gap.landing is not None]
    yield _to_decide(about, around)
    heading = text("What each is asked to bring", language)
    yield shared.asked(about.asked, language, heading=heading)
    yield scores(review, language)
    yield landing_part(landings, numbers.records, language, calendar)
    yield papers.plan(record.plan, language)
    # the evidence of the three passes
    yield from folded(
        kpi_by_kpi(review, language, calendar),
        *work(review, language),
        rituals(review, language),
    )
    yield papers.causes(record.causes, language, calendar)
    yield _former(about, language)
    yield following(record, language, calendar)
    yield shared.blockers(value, language)
    yield shared.files(value, language)


def _to_decide(about: Quarter, around: Around) -> Part:
    """Return what is kept, changed or dropped, pass by pass, and what follows from it."""
    language, review = around.language, about.record.review
    passes = ((Pass.KPIS, review.kpis), (Pass.WORK, review.work), (Pass.RITUALS, review.rituals))
    facts = [
        Fact(render(part_name(part), language), _count(items, language))
        for part, items in passes
        if items
    ]
    facts += _next(about, around)
    said = text(
        "Keep, change or drop, with one reason each. What nobody decides about goes on as it is.",
        language,
    )
    return Part(_heading(review, around), (Sentence(said), Facts(tuple(facts))))


def _heading(review: QuarterReview, around: Around) -> str:
    return text(
        "To decide about {quarter} ({dates})",
        around.language,
        quarter=fmt.period_name(review.quarter, around.calendar, around.language),
        dates=fmt.period_dates(review.quarter, around.language),
    )


def _count(items: Sequence[Item], language: Language) -> str:
    """Return how many there are, and what of them asks for something."""
    waiting = sum(item.is_waiting for item in items)
    followed = (one.kpi for one in items if one.kpi is not None and one.kpi.chosen_to is None)
    off = Counter(one.on_target for one in followed)[False]
    said = text_plural("{count} to decide", "{count} to decide", waiting, language)
    if not off:
        return said
    missed = text_plural("{count} off target", "{count} off target", off, language)
    return f"{said} · {missed}"


def _next(about: Quarter, around: Around) -> Iterator[Fact]:
    language, next_one = around.language, about.record.following
    if next_one is None:
        return
    draft = next_one.draft
    yield Fact(
        fmt.period_name(draft.quarter, around.calendar, language),
        text(
            "plan, KPIs and targets from {start} to {end}, as proposed at the end",
            language,
            start=fmt.day(draft.starts_on, language),
            end=fmt.day(draft.ends_on, language),
        ),
    )


def _former(about: Quarter, language: Language) -> Part | None:
    """Return what the last review decided to change or to drop."""
    if not about.verdicts:
        return None
    heading = text("What the last quarterly review changed and dropped", language)
    return Part(heading, (verdict_table(about.verdicts, language),))
