"""What to read before a weekly meeting, in words. Pure."""

from collections.abc import Iterator

from dashboard import format as fmt
from dashboard.report.preread import shared
from dashboard.report.scoreboard import scoreboard
from dashboard.report.sheet import Block, Entry, Fact, Facts, Part, Sentence
from dashboard.rhythm.pact.words import Around, facts_words, trigger_words
from dashboard.rhythm.preread.model import Preread, Week
from dashboard.text import Language, render, text, text_plural


def lead(value: Preread, about: Week, around: Around) -> Iterator[Sentence]:
    """Yield what to read if nothing else is read."""
    language = around.language
    yield Sentence(
        text(
            "{exceptions}, {late}, {blockers}.",
            language,
            exceptions=text_plural(
                "{count} exception", "{count} exceptions", len(about.exceptions), language
            ),
            late=text_plural(
                "{count} late commitment", "{count} late commitments", len(value.late), language
            ),
            blockers=text_plural(
                "{count} open blocker", "{count} open blockers", len(value.blockers), language
            ),
        )
    )


def parts(value: Preread, about: Week, around: Around) -> Iterator[Part | None]:
    """Yield what the meeting looks at; None for what there is nothing to say about."""
    language = around.language
    yield _exceptions(about, around)
    yield _pacts(about, around)
    yield shared.late(value, language)
    yield shared.blockers(value, language)
    yield _trials(about, around)
    heading = text("Still awaited from", language)
    yield shared.asked(about.asked, language, heading=heading)
    yield shared.files(value, language)


def _exceptions(about: Week, around: Around) -> Part | None:
    language = around.language
    heading = text(
        "Exceptions of {week} ({dates})",
        language,
        week=fmt.period_name(about.week, around.calendar, language),
        dates=fmt.period_dates(about.week, language),
    )
    others = _quiet(about, language)
    part = scoreboard(about.exceptions, about.week, around.calendar, language, {}, heading=heading)
    if part is None:
        return Part(heading, others) if others else None
    reasons = tuple(
        Fact(render(line.name, language), render(why, language))
        for line, why in zip(about.exceptions, about.reasons, strict=True)
    )
    return Part(heading, (*part.blocks, Facts(reasons), *others))


def _quiet(about: Week, language: Language) -> tuple[Block, ...]:
    if not about.quiet:
        return ()
    said = text_plural(
        "{count} other KPI has nothing to discuss.",
        "{count} other KPIs have nothing to discuss.",
        about.quiet,
        language,
    )
    return (Sentence(said, "quiet"),)


def _pacts(about: Week, around: Around) -> Part | None:
    language = around.language
    return shared.entries(
        text("A pressure pact holds", language),
        (
            Entry(
                facts_words(one.event.facts, around),
                facts=(
                    Fact(
                        text("When", language),
                        trigger_words(one.pact.trigger, one.pact.terms, around),
                    ),
                    Fact(text("we will", language), one.event.said.decision),
                    Fact(text("we will not", language), one.event.said.reflex),
                ),
            )
            for one in about.pacts
        ),
    )


def _trials(about: Week, around: Around) -> Part | None:
    language = around.language

    def name(key: str) -> str:
        known = around.definitions.get(key)
        return render(known.name, language) if known else key

    return shared.entries(
        text("Experiments whose effect should show", language),
        (
            Entry(
                one.title,
                f"{name(one.kpi)} · {fmt.dated(one.shows_from, language)}",
                facts=(Fact(text("Hypothesis", language), one.hypothesis),),
            )
            for one in about.trials
        ),
    )
