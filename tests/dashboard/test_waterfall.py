from dashboard.theme import LIGHT
from dashboard.waterfall import Step, marks, waterfall

STEPS = [
    Step("Before", "100 (4)", "100 $ · 4 deals", None, 100.0),
    Step("New", "+60 (2)", "+60 $ · 2 deals", 60.0, 160.0, good=True),
    Step("Put off", "(1)", "1 deal", 0.0, 160.0, good=False),
    Step("Lost", "−40 (1)", "−40 $ · 1 deal", -40.0, 120.0, good=False),
    Step("After", "120 (5)", "120 $ · 5 deals", None, 120.0),
]


def test_every_bar_begins_where_the_one_before_it_ends() -> None:
    (bars,) = waterfall(STEPS, LIGHT)["data"]

    assert list(zip(bars["base"], bars["x"], strict=True)) == [
        (0.0, 100.0),
        (100.0, 60.0),
        (160.0, 0.0),
        (120.0, 40.0),
        (0.0, 120.0),
    ]


def test_colours_tell_sums_good_news_bad_news_and_what_changes_nothing() -> None:
    (bars,) = waterfall(STEPS, LIGHT)["data"]

    assert bars["marker"]["color"] == [
        LIGHT.target,
        LIGHT.favourable,
        LIGHT.faint,
        LIGHT.adverse,
        LIGHT.target,
    ]


def test_words_stand_inside_long_bars_else_where_there_is_room() -> None:
    words = waterfall(STEPS, LIGHT)["layout"]["annotations"]

    # of 168: a bar of 100 holds its words; 100 before it is more than 8 behind it
    assert [one["xanchor"] for one in words] == ["right"] * 5
    assert [one["x"] for one in words] == [100.0, 100.0, 160.0, 120.0, 120.0]
    colours = [one["font"]["color"] for one in words]
    assert colours == [LIGHT.paper, *[LIGHT.ink] * 3, LIGHT.paper]


def test_a_small_bar_at_the_left_has_its_words_behind_it() -> None:
    steps = [
        Step("Before", "1", "1", None, 1.0),
        Step("New", "+9", "+9", 9.0, 10.0, good=True),
    ]

    first = waterfall(steps, LIGHT)["layout"]["annotations"][0]

    assert (first["xanchor"], first["x"]) == ("left", 1.0)


def test_the_first_bar_is_on_top_and_all_are_named() -> None:
    axis = waterfall(STEPS, LIGHT)["layout"]["yaxis"]

    assert axis["ticktext"] == ["Before", "New", "Put off", "Lost", "After"]
    assert axis["range"] == [4.5, -0.5]


def test_a_chart_of_nothing_is_a_chart() -> None:
    nothing = [Step("Before", "0", "0", None, 0.0), Step("After", "0", "0", None, 0.0)]

    assert waterfall(nothing, LIGHT)["layout"]["xaxis"]["range"][1] > 0
    assert marks(nothing)[0] == 0.0


def test_what_falls_below_zero_is_on_the_chart() -> None:
    steps = [Step("Gap", "−5", "−5", None, -5.0), Step("More", "−2", "−2", -2.0, -7.0, good=False)]

    figure = waterfall(steps, LIGHT)

    assert figure["data"][0]["base"] == [-5.0, -7.0]
    assert figure["layout"]["xaxis"]["range"][0] == -7.0
