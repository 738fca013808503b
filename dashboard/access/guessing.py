"""How soon a password is found by whoever guesses well.

zxcvbn takes a password apart as they do: words of its lists (30,000 passwords that leaked most
often, names, everyday words), look-alike signs, runs along the keyboard, repetitions, dates; and
reckons how many tries come before it.

Source:
    D. L. Wheeler, *zxcvbn: Low-Budget Password Strength Estimation*, USENIX Security 2016.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from pipelines.errors import Problem, msg
from pipelines.folding import folded

#: Guessing with a stolen file of hashes takes years at some ten tries a second; nobody gets that
#: far at the door, which slows down.
FEWEST_TRIES = 1e9
#: A random sign counts as ten tries: of a short password no more is asked than it can have.
_SIGNS_ALLOWED_FOR = 3
#: What is hard so far is hard altogether, and the reckoning takes longer the longer a text is.
_LONGEST = 24
#: Signs that zxcvbn also reads as letters. It tries every combination of their meanings: words are
#: disguised with few of them, and with all of them one password would take a second.
_LOOKALIKES = "@({[<!|$+%"
_MOST_LOOKALIKES = 2
#: What stands for the others: signs that mean nothing, one for each, so that chance stays chance.
_MEANINGLESS = dict(zip(_LOOKALIKES, "§¤¶¬¦°¢¥¿¡", strict=True))
#: Parts of names shorter than this are in every other word.
_SHORTEST_PART = 3
_OWN = "own"


def why_guessable(password: str, own: Iterable[str]) -> Problem | None:
    """Return why a password is found too soon, and what to do; None if it is not.

    Args:
        own: What everybody guesses first: the person's name and e-mail address, the company's
            name.
    """
    plain = _with_few_lookalikes(folded(password)[:_LONGEST])
    parts = _parts(own)
    # what is put between words and behind them is soon guessed too
    for reading in (plain, re.sub(r"[\W_]+", "", plain)):
        tries, dictionaries = _reckoned(reading, parts)
        if tries < min(FEWEST_TRIES, 10 ** (len(reading) - _SIGNS_ALLOWED_FOR)):
            return _MADE_OF_NAMES if _OWN in dictionaries else _AMONG_THE_FIRST
    rest = plain
    for part in parts:
        rest = rest.replace(part, "")
    if rest != plain and _reckoned(rest, parts)[0] < FEWEST_TRIES:
        return _MADE_OF_NAMES
    return None


_MADE_OF_NAMES = Problem(
    msg("The password is made of a name, the e-mail address or the company."),
    hint=msg("Use words that have nothing to do with you."),
)
_AMONG_THE_FIRST = Problem(
    msg("The password is among the first that anybody would try."),
    hint=msg("Four words that do not belong together are hard to guess."),
)


def _with_few_lookalikes(text: str) -> str:
    """Return a text in which all but the first kinds of look-alike signs are others."""
    kinds = [sign for sign in dict.fromkeys(text) if sign in _MEANINGLESS]
    return text.translate({ord(sign): _MEANINGLESS[sign] for sign in kinds[_MOST_LOOKALIKES:]})


def _reckoned(text: str, own: list[str]) -> tuple[float, set[str]]:
    """Return how many tries come before a text, and the dictionaries whose words it is made of."""
    if not text:
        return 1, set()
    # with its dictionaries it takes memory and a moment: only where somebody chooses a password
    from zxcvbn import matching, scoring  # noqa: PLC0415 - as above

    ranked = {
        **matching.RANKED_DICTIONARIES,  # its own function would put our words among everybody's
        "french": _french(),
        _OWN: matching.build_ranked_dict(own),
    }
    found = scoring.most_guessable_match_sequence(text, matching.omnimatch(text, ranked))
    return float(found["guesses"]), {one.get("dictionary_name", "") for one in found["sequence"]}


@cache
def _french() -> Mapping[str, int]:
    """Return what people who speak French choose: word → rank; none is likelier than another."""
    text = files("dashboard.access").joinpath("french_words.txt").read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict.fromkeys(words, len(words))


def _parts(own: Iterable[str]) -> list[str]:
    """Return the words of names and addresses, the longest first."""
    words = {"cap"} | {part for text in own for part in re.split(r"[^a-z]+", folded(text)) if part}
    return sorted((part for part in words if len(part) >= _SHORTEST_PART), key=len, reverse=True)
