from hashlib import sha512
from random import Random
from statistics import fmean

from pipelines.sample.dice import Dice


def test_dice_of_the_same_name_fall_the_same_way() -> None:
    assert [Dice("deal", 7).unit() for _ in range(3)] == [Dice("deal", 7).unit()] * 3
    assert Dice("deal", 7).unit() != Dice("deal", 8).unit()


def test_the_sequence_is_the_one_that_python_promises_to_keep() -> None:
    # how Random seeds itself with text since Python 3.2: the text and its SHA-512
    seed = int.from_bytes(b"a" + sha512(b"a").digest(), "big")
    expected = Random(seed).random()  # noqa: S311 - no secret

    assert Dice("a").unit() == expected


def test_whole_numbers_around_a_mean_have_that_mean() -> None:
    dice = Dice("around")

    drawn = [dice.around(2.4, spread=1.5) for _ in range(20_000)]

    assert abs(fmean(drawn) - 2.4) < 0.03
    assert min(drawn) >= 0
    assert max(drawn) <= 2.4 + 1.5 + 1


def test_both_ends_of_a_range_are_drawn() -> None:
    dice = Dice("between")

    assert {dice.between(3, 5) for _ in range(200)} == {3, 4, 5}


def test_keys_come_up_as_often_as_their_shares() -> None:
    dice = Dice("weighted")

    drawn = [dice.weighted({"a": 0.7, "b": 0.3}) for _ in range(10_000)]

    assert abs(drawn.count("a") / 10_000 - 0.7) < 0.02


def test_shuffling_loses_nothing() -> None:
    things = list(range(20))

    mixed = Dice("shuffled").shuffled(things)

    assert mixed != things
    assert sorted(mixed) == things
