"""Gaps in one sentence: who makes them, and never more than the numbers say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.text import Language, render
from pipelines.errors import msg
from pipelines.gaps.model import (
    Against,
    Contribution,
    Factor,
    FactorEffect,
    Factors,
    Gap,
    Split,
    Standing,
)
from pipelines.gaps.words import factor_name, factors_sentence, split_sentence, telling
from pipelines.periods import Grain, Period
from tests.builders.warehouse import SHIPPED

_MONTH = Period(date(2026, 10, 1), date(2026, 11, 1), Grain.MONTH)


def a_gap(key: str = "sales_won", *, partial: bool = False) -> Gap:
    standing = Standing(_MONTH, 1, None, None, 2, None, False, -1, False, partial, 3)
    return Gap(SHIPPED[key], standing, None, None, "CAD", None, (), None)


def split(
    against: Against = Against.TARGET, others: int | None = None, /, **effects: int | str
) -> Split:
    found = tuple(
        Contribution(None if name == "nobody" else name, None, None, Decimal(effect))
        for name, effect in effects.items()
    )
    total = sum((one.effect for one in found), Decimal(others or 0))
    return Split("segment", against, total, found, None if others is None else Decimal(others))


def said(one: Split, language: Language = "en", key: str = "sales_won") -> str:
    return render(split_sentence(a_gap(key), one), language)


def test_one_group_that_makes_most_of_a_gap_is_named_alone_and_what_goes_the_other_way() -> None:
    one = split(Institutionnel=-42_000, Commercial=-21_000, Résidentiel=8_000)

    assert said(one) == (
        "Of −$55K against the target, most comes from Institutionnel (−$42K);"
        " the other way: Résidentiel (+$8K)."
    )
    assert said(one, "fr_CA") == (
        "De l’écart de −55\u00a0k$ par rapport à la cible, l’essentiel vient d’Institutionnel"
        " (−42\u00a0k$); en sens inverse\u00a0: Résidentiel (+8\u00a0k$)."
    )


def test_several_groups_that_make_most_of_it_are_named_together() -> None:
    one = split(Against.LAST_YEAR, A=-40_000, B=-30_000, C=-15_000, D=-10_000, E=-5_000)

    assert said(one).endswith("Of −$100K over the year, most comes from A (−$40K) and B (−$30K).")


def test_what_explains_another_gap_than_the_one_to_the_target_says_so() -> None:
    one = split(Against.LAST_YEAR, A=-40_000, B=1_000)
    rate = Contribution("A", None, None, Decimal("-0.05"), Decimal(0), Decimal("-0.05"))
    of_rate = Split("segment", Against.LAST_YEAR, Decimal("-0.05"), (rate,))
    without_target = replace(
        a_gap(), month=Standing(_MONTH, 1, None, None, None, None, False, None, None, False, 3)
    )

    assert said(one).startswith(
        "For lack of targets by segment, the gap is taken against the same month last year. Of −$39K over"
    )
    assert said(one, "fr_CA").startswith(
        "Faute de cibles par segment, l’écart est pris par rapport au même mois de l’an dernier. De"
    )
    assert said(of_rate, key="win_rate").startswith(
        "The gap is taken against the same month last year, not the target. Of −5 pts over"
    )
    assert str(split_sentence(without_target, one)).startswith("Of -39000")
    assert said(split(A=-40_000, B=1_000)).startswith("Of −$39K against the target")


def test_that_most_comes_from_all_of_them_is_not_said() -> None:
    assert said(split(A=-40_000, B=-35_000, C=-35_000)) == (
        "Of −$110K against the target: A (−$40K), B (−$35K), and C (−$35K)."
    )


def test_what_is_spread_out_is_said_to_be() -> None:
    one = split(**dict.fromkeys("ABCDEFGH", -10_000))

    assert said(one) == "−$80K against the target is spread out: the largest part is A (−$10K)."


def test_groups_that_offset_each_other_make_nobody_the_cause() -> None:
    # A alone is worth ten times the gap: it did not make it
    one = split(A=-100_000, B=60_000, C=30_000)

    assert said(one) == (
        "Much of it cancels out: above all A (−$100K) on one side and B (+$60K) and C (+$30K) on the"
        " other, in all −$10K against the target."
    )
    assert said(split(A=-5000, B=5000)).startswith("Much of it cancels out")


def test_a_crumb_that_goes_the_other_way_is_not_told() -> None:
    assert said(split(A=-90_000, B=1_000)) == (
        "Of −$89K against the target, most comes from A (−$90K)."
    )


def test_no_difference_is_no_difference() -> None:
    assert said(split(A=0, B=0)) == "There is no difference against the target."


def test_rows_that_name_no_group_are_called_so() -> None:
    assert "no segment (−$90K)" in said(split(nobody=-90_000, B=1_000))
    assert "vient de ce qui est sans segment (−90\u00a0k$)" in said(
        split(nobody=-90_000, B=1_000), "fr_CA"
    )


def test_somebody_who_sees_only_themselves_is_told_their_part_and_that_of_the_others() -> None:
    assert said(split(Against.TARGET, -300, Ana=100)) == (
        "Of −$200 against the target: Ana (+$100); all others together: −$300."
    )


def test_a_rates_part_says_whether_it_is_the_groups_own_rate_or_its_weight() -> None:
    found = (
        Contribution("A", None, None, Decimal("-0.05"), Decimal("-0.005"), Decimal("-0.045")),
        Contribution("B", None, None, Decimal("-0.02"), Decimal("-0.02"), Decimal(0)),
        Contribution("C", None, None, Decimal("-0.02"), Decimal("-0.01"), Decimal("-0.01")),
    )
    one = Split("segment", Against.LAST_YEAR, Decimal("-0.09"), found)

    assert said(one, key="win_rate").endswith(
        "Of −9 pts over the year: A (−5 pts, by its own rate),"
        " B (−2 pts, by its weight in the whole), and C (−2 pts)."
    )


def test_a_group_whose_own_rate_and_weight_pull_apart_is_not_explained_by_either() -> None:
    found = (
        Contribution("A", None, None, Decimal("-0.05"), Decimal("-0.30"), Decimal("0.25")),
        Contribution("B", None, None, Decimal(0), Decimal(0), Decimal(0)),
    )
    one = Split("segment", Against.LAST_YEAR, Decimal("-0.05"), found)

    assert "most comes from A (−5 pts)." in said(one, key="win_rate")


def test_the_running_month_is_compared_with_what_has_passed_of_it() -> None:
    running = a_gap(partial=True)

    assert "against the target to date" in str(split_sentence(running, split(A=-1)))
    last_year = split(Against.LAST_YEAR, A=-1)
    assert "against the same days last year" in str(split_sentence(running, last_year))


def test_what_is_unavailable_says_why() -> None:
    why = msg("There is no value to explain.")
    one = Split("segment", Against.TARGET, Decimal(0), (), unavailable=why)

    assert split_sentence(a_gap(), one) == why
    assert telling((one,)) is None


def test_the_split_with_the_fewest_causes_tells_most_and_one_against_the_target_goes_first() -> (
    None
):
    spread = split(Against.LAST_YEAR, A=-10, B=-10, C=-10)
    focused = split(Against.LAST_YEAR, A=-28, B=-1, C=-1)
    offset = split(Against.LAST_YEAR, A=-100, B=70)
    target = split(Against.TARGET, A=-10, B=-10)

    assert telling((spread, focused, offset)) is focused
    assert telling((spread, focused, target)) is target
    assert telling((split(A=0, B=0),)) is None
    assert telling(()) is None


def factors(
    volume_of: str = "finished_deals", mix_by: str | None = None, **effects: int
) -> Factors:
    levels = {"volume": ("10", "8"), "rate": ("0.3", "0.4"), "value": ("500", "400")}
    found = tuple(
        FactorEffect(
            Factor(name),
            Decimal(effect),
            *map(Decimal, levels[name]) if name in levels else (None, None),
        )
        for name, effect in effects.items()
    )
    total = sum((one.effect for one in found), Decimal(0))
    return Factors(Against.LAST_YEAR, total, found, mix_by, volume_of=volume_of)


def told(one: Factors, language: Language = "en") -> str:
    return render(factors_sentence(a_gap(), one), language)


def test_factors_of_which_none_changed_anything_make_no_difference() -> None:
    for one in (factors(volume=0, rate=0), factors()):
        assert told(one) == "There is no difference against the same month last year."


def test_every_factor_that_counts_is_named_the_largest_first() -> None:
    one = factors(volume=-40_000, value=-20_000, rate=5_000)

    assert told(one) == (
        "Of −$55K against the same month last year: −$40K from fewer deals finished"
        " and −$20K from smaller won deals; the other way: +$5K from a better win rate."
    )
    assert told(one, "fr") == (
        "Écart de −55\u00a0k\u00a0$CA par rapport au même mois de l’an dernier\u00a0: moins d’affaires"
        " terminées (−40\u00a0k\u00a0$CA) et des affaires gagnées plus petites"
        " (−20\u00a0k\u00a0$CA)\u202f; en sens inverse\u00a0: un meilleur taux de transformation"
        " (+5\u00a0k\u00a0$CA)."
    )


@pytest.mark.parametrize("trace", [0, 39, -39])
def test_a_factor_that_did_next_to_nothing_is_left_out(trace: int) -> None:
    assert told(factors(volume=-40_000, mix=0, rate=trace)) == (
        "Of −$40K against the same month last year: −$40K from fewer deals finished."
    )
    assert told(factors(volume=0)) == "There is no difference against the same month last year."


def test_a_rate_that_rose_in_all_and_fell_within_the_segments_is_said_to() -> None:
    one = factors(mix_by="segment", volume=-40_000, rate=-5_000)

    assert "−$5K from a lower win rate, segment by segment" in told(one)


def test_fewer_of_what_loses_money_are_fewer_though_the_sum_grows() -> None:
    # the volume went from 10 to 8: fewer invoices that lose money are less of a loss
    one = factors("invoices", volume=3_000, value=-5_000)

    assert "+$3K from fewer invoices" in told(one)


@pytest.mark.parametrize(
    ("volume_of", "what"),
    [("invoices", "fewer invoices"), ("deals", "fewer deals"), ("proposals", "a smaller number")],
)
def test_volume_is_called_by_what_it_counts(volume_of: str, what: str) -> None:
    assert told(factors(volume_of, volume=-4_000)).endswith(f"−$4K from {what}.")


def test_a_factor_is_called_in_the_words_of_its_sentence() -> None:
    assert render(factor_name(Factor.RATE, "finished_deals"), "fr_CA") == "Ratio de conclusion"
    assert render(factor_name(Factor.RATE, "invoices"), "en") == "Margin rate"
    assert render(factor_name(Factor.MIX, "finished_deals"), "en") == "Mix of segments"
    assert render(factor_name(Factor.VALUE, "proposals"), "en") == "Average"
