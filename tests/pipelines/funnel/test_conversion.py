from datetime import date

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.funnel import pipeline_review
from pipelines.funnel.conversion import Conversion, Counted, conversion
from tests.builders.warehouse import Row, add, closed, imported, stage_entry, warehouse_with

TODAY = date(2026, 11, 16)


def finished(owner: str, won: int, lost: int, day: str = "2026-10-01") -> list[Row]:
    return [
        closed(day, status, owner=owner, created_on="2026-08-01")
        for status, count in (("won", won), ("lost", lost))
        for _ in range(count)
    ]


def company(*deals: list[Row]) -> Context:
    rows = [row for listed in deals for row in listed]
    return warehouse_with(imported("deals", "2026-11-16"), *rows, today=TODAY)


def rates(found: Conversion) -> dict[str | None, tuple[int, int, bool]]:
    stage = found.stages[0]
    return {one.who: (one.won, one.finished, one.stands_out) for one in stage.people}


def test_small_differences_are_left_to_chance() -> None:
    found = pipeline_review(company(finished("Ann", 6, 14), finished("Bob", 9, 11))).conversion

    assert rates(found) == {"Ann": (6, 20, False), "Bob": (9, 20, False)}
    assert not found.stands_out


def test_a_difference_that_chance_does_not_explain_stands_out() -> None:
    found = pipeline_review(company(finished("Ann", 2, 48), finished("Bob", 30, 20))).conversion

    assert rates(found) == {"Ann": (2, 50, True), "Bob": (30, 50, True)}


def test_whoever_has_too_few_deals_is_counted_and_not_compared() -> None:
    found = pipeline_review(company(finished("Ann", 9, 21), finished("Bob", 9, 0))).conversion

    (stage,) = found.stages
    assert (stage.company.won, stage.company.finished) == (18, 39)
    assert stage.people == ()
    assert stage.too_few == 1


def test_fewer_deals_than_say_anything_are_said_to_be_too_few() -> None:
    found = pipeline_review(company(finished("Ann", 4, 5))).conversion

    assert str(found.unavailable).startswith("Fewer than 10 deals were won or lost")


def test_only_the_last_year_counts() -> None:
    context = company(finished("Ann", 5, 5), finished("Ann", 50, 0, day="2025-11-16"))

    assert pipeline_review(context).conversion.stages[0].company.finished == 10


def test_a_stage_counts_the_deals_that_reached_it_once() -> None:
    context = company()
    for number in range(12):
        status = "won" if number < 6 else "lost"
        add(
            context,
            closed("2026-10-01", status, external_id=f"c{number}", created_on="2026-08-01"),
        )
        if number % 2:
            add(context, stage_entry(f"c{number}", "2026-08-10", stage="Quoted"))
            add(context, stage_entry(f"c{number}", "2026-09-10", stage="Quoted"))
    for number in range(20, 24):
        add(context, closed("2026-10-01", "won", external_id=f"c{number}"))
        add(context, stage_entry(f"c{number}", "2026-08-10", stage="Quoted"))

    found = pipeline_review(context).conversion

    assert [(one.stage, one.company.won, one.company.finished) for one in found.stages] == [
        (None, 10, 16),
        ("Quoted", 7, 10),
    ]


def test_what_was_inferred_since_a_short_while_says_nothing_about_a_year() -> None:
    context = company(finished("Ann", 6, 6))
    for number in range(10):
        add(context, closed("2026-11-10", "lost", external_id=f"i{number}"))
        add(context, stage_entry(f"i{number}", "2026-11-05", stage="Quoted", evidence="inferred"))

    assert [one.stage for one in pipeline_review(context).conversion.stages] == [None]


def test_a_salesperson_sees_their_own_rate_beside_the_companys() -> None:
    context = company(finished("Ann", 2, 48), finished("Bob", 30, 20))
    ann = context.by(Actor("Ann", scope=Scope(frozenset({"Ann"}))))

    found = pipeline_review(ann).conversion

    assert rates(found) == {"Ann": (2, 50, True)}
    assert found.stages[0].company.finished == 100


def test_the_comparisons_are_the_same_whoever_looks() -> None:
    counted = [Counted("", name, 40, won) for name, won in (("A", 10), ("B", 12), ("C", 21))]

    assert conversion(counted).compared == conversion(counted, {"A"}).compared == 3
