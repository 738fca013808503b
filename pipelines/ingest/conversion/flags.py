"""Read yes and no."""

from typing import Final

import polars as pl

_MEANING: Final = {
    True: "true yes y 1 oui o vrai x checked done terminé ja wahr sí si s verdadero sim verdadeiro",
    False: "false no n 0 non faux unchecked undone nein falsch falso não nao",
}
_WORDS: Final = {word: answer for answer, words in _MEANING.items() for word in words.split()}


def convert_booleans(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Read a column of yes and no, in the languages whose headers are recognised.

    Returns:
        The answers (Boolean, null for blank and bad cells), and which cells are bad (Boolean).
    """
    words = values.str.strip_chars().str.to_lowercase()
    answers = words.replace_strict(_WORDS, default=None, return_dtype=pl.Boolean)
    return answers, (words != "").fill_null(value=False) & answers.is_null()
