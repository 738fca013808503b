"""Words as people compare them: É stands with e. Pure."""

import unicodedata


def folded(words: str) -> str:
    """Return words without accents and case; ligatures and wide letters become plain ones."""
    decomposed = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
