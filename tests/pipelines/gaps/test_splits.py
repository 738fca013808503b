"""Contributions of groups against sums done on paper; whatever the numbers are, they add up."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipelines.gaps.counts import Count
from pipelines.gaps.model import Against, Split
from pipelines.gaps.splits import STEPS, against_last_year, against_targets, as_seen, of_rate
from pipelines.kpis.definition import Unit

CENT = Decimal("0.01")


def targets(**groups: int | str) -> dict[str | None, Decimal]:
    return {name: Decimal(number) for name, number in groups.items()}


def counts(**groups: int | str) -> dict[str | None, Count]:
    return {name: Count(Decimal(number)) for name, number in groups.items()}


def rates(**groups: tuple[int, int]) -> dict[str | None, Count]:
    return {name: Count(Decimal(one), Decimal(other)) for name, (one, other) in groups.items()}


def effects(split: Split | None) -> dict[str | None, Decimal]:
    assert split is not None
    return {one.group: one.effect for one in split.contributions}


def added(split: Split) -> Decimal:
    return sum((one.effect for one in split.contributions), Decimal(0))


def test_against_their_own_targets_groups_make_the_gap_to_the_companys() -> None:
    own = targets(A=60, B=40, C=10)

    split = against_targets("owner", counts(A=50, B=45), own, Decimal(110), Unit.MONEY)

    # 95 of 110: C, who sold nothing, is short of the whole of theirs
    assert effects(split) == {"A": -10, "C": -10, "B": 5}
    assert split is not None
    assert split.against is Against.TARGET
    assert split.total == -15
    assert [one.group for one in split.contributions] == ["A", "C", "B"]


def test_targets_that_do_not_add_up_or_leave_a_group_out_are_not_compared_with() -> None:
    now = counts(A=50, B=45)

    assert against_targets("owner", now, targets(A=60), Decimal(60), Unit.MONEY) is None
    own = targets(A=60, B=40)
    assert against_targets("owner", now, own, Decimal(101), Unit.MONEY) is None
    nobody = {**now, None: Count(Decimal(1))}
    assert against_targets("owner", nobody, own, Decimal(100), Unit.MONEY) is None


def test_the_cent_that_three_thirds_do_not_add_up_by_belongs_to_the_largest() -> None:
    own = targets(A="33.33", B="33.33", C="33.33")

    split = against_targets("owner", counts(A=30, B=30, C=40), own, Decimal(100), Unit.MONEY)

    assert split is not None
    assert split.total == added(split) == 0


def test_a_group_that_is_new_or_gone_counts_as_what_it_brought_or_took_away() -> None:
    split = against_last_year("segment", counts(A=50, New=7), counts(A=45, Gone=20), Unit.COUNT)

    assert effects(split) == {"Gone": -20, "New": 7, "A": 5}
    assert split.against is Against.LAST_YEAR
    assert split.total == -8
    gone = next(one for one in split.contributions if one.group == "Gone")
    assert gone.actual == 0
    assert gone.reference == 20


def test_rows_that_name_no_group_are_a_line_of_their_own() -> None:
    now = {"A": Count(Decimal(5)), None: Count(Decimal(3))}

    split = against_last_year("segment", now, {"A": Count(Decimal(5))}, Unit.COUNT)

    assert effects(split) == {"A": 0, None: 3}


def test_a_rate_moves_by_the_groups_own_rates_and_by_their_weight() -> None:
    # A: 10 of 20 then, 15 of 30 now; B: 2 of 20 then, 1 of 10 now: no rate changed,
    # 12/40 = 30 % became 16/40 = 40 % because more of the whole is A
    split = of_rate(
        "segment", rates(A=(15, 30), B=(1, 10)), rates(A=(10, 20), B=(2, 20)), Unit.PERCENT
    )

    assert split is not None
    assert split.total == Decimal("0.1")
    assert {one.group: one.rate for one in split.contributions} == {"A": 0, "B": 0}
    # against 35 %, the middle of both: A 25 points more at 15 above, B 25 less at 25 below
    assert effects(split) == {"B": Decimal("0.0625"), "A": Decimal("0.0375")}


def test_nothing_to_divide_by_leaves_nothing_to_explain() -> None:
    assert of_rate("segment", rates(A=(0, 0)), rates(A=(1, 2)), Unit.PERCENT) is None
    assert of_rate("segment", rates(A=(1, 2)), {}, Unit.PERCENT) is None


def test_a_group_without_anything_to_divide_by_has_no_rate_and_still_a_line() -> None:
    split = of_rate("segment", rates(A=(1, 2), B=(0, 0)), rates(A=(1, 2), B=(1, 2)), Unit.PERCENT)

    assert split is not None
    b = next(one for one in split.contributions if one.group == "B")
    assert (b.actual, b.reference) == (None, Decimal("0.5"))
    assert split.total == 0


def test_what_somebody_may_not_see_is_one_sum() -> None:
    split = against_last_year("owner", counts(A=5, B=7, C=1), counts(A=6, B=2, C=4), Unit.COUNT)

    seen = as_seen(split, lambda group: group == "A")

    assert seen is not None
    assert [one.group for one in seen.contributions] == ["A"]
    assert seen.total == 1
    assert seen.others == 2
    assert as_seen(split, lambda _: True) == split
    assert split.others is None


def test_somebody_who_may_see_no_part_gets_no_breakdown() -> None:
    split = against_last_year("owner", counts(A=5), counts(A=6), Unit.COUNT)

    assert as_seen(split, lambda group: group == "B") is None


_AMOUNTS = st.decimals(-(10**7), 10**7, places=4)
_NAMES = st.one_of(st.none(), st.sampled_from("ABCDEF"))


@given(st.dictionaries(_NAMES, _AMOUNTS), st.dictionaries(_NAMES, _AMOUNTS))
def test_contributions_add_up_to_the_difference_to_the_cent(
    now: Mapping[str | None, Decimal], before: Mapping[str | None, Decimal]
) -> None:
    split = against_last_year(
        "segment",
        {group: Count(number) for group, number in now.items()},
        {group: Count(number) for group, number in before.items()},
        Unit.MONEY,
    )

    difference = sum(now.values(), Decimal(0)) - sum(before.values(), Decimal(0))
    assert split.total == added(split)
    assert abs(split.total - difference) <= CENT / 2
    assert all(one.effect == one.effect.quantize(CENT) for one in split.contributions)


@given(
    st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(_AMOUNTS, _AMOUNTS), min_size=1),
    st.floats(0.05, 1),
)
def test_contributions_to_a_target_add_up_to_the_gap_to_the_cent(
    groups: Mapping[str, tuple[Decimal, Decimal]], share: float
) -> None:
    # a share of the working days leaves any number of decimals
    own: dict[str | None, Decimal] = {
        group: Decimal(str(float(target) * share)) for group, (_, target) in groups.items()
    }
    now: dict[str | None, Count] = {group: Count(actual) for group, (actual, _) in groups.items()}
    whole = sum(own.values(), Decimal(0))

    split = against_targets("owner", now, own, whole, Unit.MONEY)

    assert split is not None
    gap = sum((actual for actual, _ in groups.values()), Decimal(0)) - whole
    assert split.total == added(split)
    assert abs(split.total - gap) <= CENT / 2


_PARTS = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(lambda two: (min(two), max(two)))


@given(st.dictionaries(_NAMES, _PARTS), st.dictionaries(_NAMES, _PARTS))
def test_mix_and_rate_add_up_to_what_the_whole_rate_moved_by(
    now: Mapping[str | None, tuple[int, int]], before: Mapping[str | None, tuple[int, int]]
) -> None:
    sides = [
        {group: Count(Decimal(one), Decimal(other)) for group, (one, other) in side.items()}
        for side in (now, before)
    ]
    split = of_rate("segment", sides[0], sides[1], Unit.PERCENT)
    wholes = [
        (sum(one for one, _ in side.values()), sum(other for _, other in side.values()))
        for side in (now, before)
    ]

    if not all(denominator for _, denominator in wholes):
        assert split is None
        return
    assert split is not None
    (won, finished), (won_before, finished_before) = wholes
    moved = won / finished - won_before / finished_before
    assert split.total == added(split)
    assert abs(float(split.total) - moved) <= float(STEPS[Unit.PERCENT])
    assert all(one.effect == (one.mix or 0) + (one.rate or 0) for one in split.contributions)
