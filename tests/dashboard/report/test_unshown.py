import pytest

from dashboard.report.unshown import in_words


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        ("😀", "[smile]", "[sourire]"),
        ("👍🏽", "[thumbs up]", "[pouce levé]"),
        ("🎉🎉 🎉", "[celebration]", "[fête]"),
        ("🎉👍", "[celebration][thumbs up]", "[fête][pouce levé]"),
        ("🇨🇦", "[CA]", "[CA]"),
        ("🦫", "[beaver]", "[beaver]"),  # Unicode names pictures in English only
        ("株式会社 東京", "[text in Chinese characters]", "[texte en caractères chinois]"),
        ("مرحبا", "[text in Arabic script]", "[texte en écriture arabe]"),
        ("\ufe0f\u200d", "", ""),
    ],
)
def test_what_no_typeface_has_is_said_in_brackets(typed: str, english: str, french: str) -> None:
    assert in_words(typed, "en") == english
    assert in_words(typed, "fr") == french
