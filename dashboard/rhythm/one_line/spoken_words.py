"""The words of days, in French and English, without accents and in small letters. Pure."""

import re
from collections.abc import Iterable

from pipelines.periods import Grain


def _numbered(*names: str) -> dict[str, int]:
    """Return the number of each name; names of one number are divided by blanks."""
    return {name: number for number, same in enumerate(names) for name in same.split()}


_FRENCH = _numbered(*["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"])
_ENGLISH = _numbered(
    *["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)
FULL_WEEKDAYS = _FRENCH | _ENGLISH
_SHORT_WEEKDAYS = _numbered(
    *("lun mon", "mar tue tues", "mer wed", "jeu thu thur thurs", "ven fri", "sam sat", "dim sun")
)
WEEKDAYS = FULL_WEEKDAYS | _SHORT_WEEKDAYS
MONTHS = {
    name: number + 1
    for name, number in _numbered(
        "janvier janv jan january",
        "fevrier fevr fev february feb",
        "mars march mar",
        "avril avr april apr",
        "mai may",
        "juin june jun",
        "juillet juil july jul",
        "aout august aug",
        "septembre sept september sep",
        "octobre oct october",
        "novembre nov november",
        "decembre dec december",
    ).items()
}
NEAR = {
    "avant-hier": -2,
    "avant hier": -2,
    "day before yesterday": -2,
    "hier": -1,
    "yesterday": -1,
    "aujourd'hui": 0,
    "ce soir": 0,
    "cet apres-midi": 0,
    "today": 0,
    "tonight": 0,
    "this afternoon": 0,
    "demain": 1,
    "tomorrow": 1,
    "apres-demain": 2,
    "apres demain": 2,
    "day after tomorrow": 2,
}
PERIODS = {
    "mois": Grain.MONTH,
    "month": Grain.MONTH,
    "trimestre": Grain.QUARTER,
    "quarter": Grain.QUARTER,
    "annee": Grain.YEAR,
    "year": Grain.YEAR,
}
_NUMBERS = _numbered(
    "",
    "un une one a an",
    "deux two",
    "trois three",
    "quatre four",
    "cinq five",
    "six",
    "sept seven",
    "huit eight",
    "neuf nine",
    "dix ten",
) | {"douze": 12, "twelve": 12, "quinze": 15, "trente": 30, "thirty": 30}
#: In words these are weeks: "huit jours" is one, "quinze jours" are two.
_AS_WEEKS = {("huit", "jours"): 7, ("quinze", "jours"): 14}
_UNIT_DAYS = {"jour": 1, "day": 1, "semaine": 7, "week": 7, "quinzaine": 14, "fortnight": 14}


def amount(written: str) -> int:
    """Return how many somebody wrote, in words or figures."""
    return _NUMBERS.get(written) or min(int(written), 1000) if written else 1


def days(written: str, unit: str) -> int:
    """Return how many days some units are, such as two weeks."""
    if (written, unit) in _AS_WEEKS:
        return _AS_WEEKS[written, unit]
    return amount(written) * _UNIT_DAYS[unit.rstrip("s")]


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_W = f"(?:{_any(WEEKDAYS)})"
_WF = f"(?:{_any(FULL_WEEKDAYS)})"
_M = f"(?P<month>{_any(MONTHS)})"
_ORDINAL = r"(?:er|st|nd|rd|th)"
_NUMBER = rf"(?P<number>\d{{1,2}}){_ORDINAL}?"
_BESIDE = rf"(?:(?P<weekday>{_W})\.?,? (?:the |le )?)?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"

#: What says that a day follows.
_LEAD = (
    r"(?P<lead>(?:(?:au plus tard|pas plus tard que|no later than|not later than|d'ici a|d'ici au"
    r"|d'ici|avant|pour|jusqu'au|jusqu'a|by|before|until|till|for|on|due by|due on|due"
    r"|a faire pour|a faire|echeance|ech\.|deadline)\s*:? )*)(?P<article>(?:(?:le|la|au|the) )?)"
)
_TIME = r"(?:a |at |vers )?\d{1,2} ?(?:h(?: ?\d{2})?|:\d{2}(?: ?[ap]m)?|[ap]m)"
#: What may follow a day and changes nothing.
_TAIL = (
    r"(?P<tail>(?: (?:au )?matin| midi| (?:en )?apres-midi| soir| morning| noon| afternoon"
    rf"| evening| au plus tard| at the latest| inclus|,? {_TIME})*)"
)


def framed(core: str) -> str:
    """Return the pattern of a day with what may stand around it, within words of its own."""
    return rf"(?<![\w'/.-]){_LEAD}(?:{core}){_TAIL}(?![\w/%]|[.,]\d|-\w)"


def has_time(tail: str) -> bool:
    """Tell whether a time of day stands behind a day, in figures or in words."""
    return re.search(r"\d|matin|midi|soir|morning|noon|evening", tail) is not None


#: Before a day: it comes again and again.
EVERY = re.compile(r"\b(?:tous les|toutes les|chaque|every|each) $")

DAY_MONTH = rf"{_BESIDE}{_NUMBER} (?:of )?{_M}\.?{_YEAR}"
MONTH_DAY = rf"{_BESIDE}{_M}\.? {_NUMBER}{_YEAR}"
FIGURES = (
    rf"{_BESIDE}(?:(?P<iso>\d{{4}}(?P<dash>[-/])\d{{1,2}}(?P=dash)\d{{1,2}})"
    r"|(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?)"
)
FIGURES_WITH_DOTS = (
    rf"{_BESIDE}(?P<iso>(?!))?(?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})\.(?P<year>\d{{4}})"
)
DAY_OF_MONTH = rf"(?:(?P<weekday>{_WF}) (?:the |le )?|(?<=le )|(?<=the )){_NUMBER}"
WEEKDAY = (
    r"(?P<before>(?:ce |this coming |this |coming |next |a week on |a week from |week from )?)"
    rf"(?P<weekday>{_W})\.?(?P<after>(?: prochain| en huit| en quinze| next week| week"
    r"| (?:de )?la semaine prochaine| (?:de )?cette semaine| this week)?)"
)
NEAR_DAY = f"(?P<near>{_any(NEAR)})"
_COUNT = rf"(?P<count>\d{{1,4}}|{_any(_NUMBERS)})"
_UNIT = (
    r"(?P<unit>(?:working |business )days?|jours? ouvrables?|jours? ouvres?|jours?|days?"
    r"|semaines?|weeks?|mois|months?|quinzaines?|fortnights?)"
)
WHILE = rf"(?:dans|d'ici|sous|in|within) {_COUNT} {_UNIT}"
FROM_NOW = rf"{_COUNT} {_UNIT} from (?:now|today)"
WITHIN = r"sous (?P<within>huitaine|quinzaine)"
WEEK = (
    r"(?P<week>(?:cette )?semaine prochaine|cette semaine|dans la semaine|next week|this week"
    r"|within the week|(?:ce |this |next )?week-?end(?: prochain)?"
    r"|(?:en )?(?:cette )?fin de (?:la |cette )?semaine(?: prochaine)?"
    r"|end of (?:the |this |next )?week)"
)
WEEK_NUMBER = r"(?P<label>semaine|sem\.?|week|s|w) ?(?P<number>\d{1,2})"
WEEK_OF_FRENCH = rf"semaine du {_NUMBER} {_M}"
WEEK_OF_ENGLISH = rf"week of {_M} {_NUMBER}"
PERIOD_END = (
    r"(?:(?:en )?fin (?:du |de ce |de cette |de l'|d'|de )|end of (?:the |this |next )?"
    r"|ce |cette |this |next )(?P<unit>mois|trimestre|annee|month|quarter|year)(?: prochaine?)?"
)
PERIOD_NEXT = r"(?P<unit>mois|trimestre|annee) prochaine?"
PERIOD_CLOSE = r"(?P<unit>month|quarter|year)[- ]end"
PART_OF_MONTH = (
    r"(?P<part>(?:en )?fin (?:du mois )?(?:de |d')?|end of |(?:a la )?mi-|mid[- ]"
    rf"|(?:en )?debut (?:de |d')?|early |beginning of ){_M}(?: (?P<year>\d{{4}}))?"
)
MEETING = r"(?:prochaine (?:reunion|rencontre)|next meeting)"
VAGUE = (
    r"(?:des que possible|au plus vite|au plus tot|asap|as soon as possible|bientot|soon"
    r"|rapidement|quickly|un jour|some day|someday|plus tard|later)"
)
