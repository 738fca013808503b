"""What somebody is looking at. It lives in the address, so that it can be shared and bookmarked.

Every part is checked; what makes no sense falls back to what the page shows by itself.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from dashboard import data, session
from dashboard.components.action_list import Status
from dashboard.components.messages import remember_language
from dashboard.components.plan_page import PlanPlace
from dashboard.components.settings_words import offered
from dashboard.text import LANGUAGES, Language, language_of
from pipelines.errors import Refused
from pipelines.periods import SERIES_GRAINS, Calendar, Grain, Period
from pipelines.settings import FirstStep

_LANGUAGE = "lang"
_IS_IN = "is_in"
_DECISION = re.compile(r"(gap|verdict) ([0-9]{1,9}) (.{1,100})|([0-9]{1,9})")


@dataclass(frozen=True)
class Selection:
    """What a page is asked for.

    Attributes:
        week: The finished week to review.
        kpi: A key as it stands in the address; whoever looks it up checks it.
        period: The period whose rows are asked for; None if none was picked.
    """

    language: Language
    calendar: Calendar
    today: date
    week: Period
    kpi: str | None
    grain: Grain
    period: Period | None

    @property
    def is_newest_week(self) -> bool:
        """Whether the week is the last finished one."""
        return self.week == self.calendar.last_finished(Grain.WEEK, self.today)


def language() -> Language:
    """Return the reader's language: the address, what they chose here, their account, the company."""
    wanted = st.query_params.get(_LANGUAGE) or st.session_state.get(_LANGUAGE)
    settings = session.current().workspace.settings
    known = _known_language(wanted or session.visitor().language)
    chosen = known if known in offered(settings) else language_of(settings.locale)
    remember_language(chosen)
    if wanted is not None:
        # the menu opens pages without the address's parameters
        st.session_state[_LANGUAGE] = chosen
        if st.query_params.get(_LANGUAGE) != chosen:
            st.query_params[_LANGUAGE] = chosen
    return chosen


def choose_language(chosen: Language) -> None:
    """Show every page in this language from now on."""
    remember_language(chosen)
    st.session_state[_LANGUAGE] = chosen
    st.query_params[_LANGUAGE] = chosen


def selection() -> Selection:
    """Return what the address asks for."""
    context = session.current()
    calendar, today = context.calendar, context.today()
    newest = calendar.last_finished(Grain.WEEK, today)
    week = _period(calendar, st.query_params.get("week"))
    grain = _grain(st.query_params.get("grain"))
    period = _period(calendar, st.query_params.get("period"))
    return Selection(
        language=language(),
        calendar=calendar,
        today=today,
        week=min(week, newest) if week and week.grain is Grain.WEEK else newest,
        kpi=st.query_params.get("kpi"),
        grain=grain,
        period=period if period and period.grain is grain else None,
    )


def show_week(calendar: Calendar, week: Period) -> None:
    """Put another week into the address."""
    st.query_params["week"] = calendar.label(week)


def week_is_asked_for() -> bool:
    """Tell whether the address names a week."""
    return "week" in st.query_params


def close_week() -> None:
    """Take the week out of the address."""
    st.query_params.pop("week", None)


def show_kpi(key: str) -> None:
    """Put another KPI into the address."""
    st.query_params["kpi"] = key


def show_grain(grain: Grain) -> None:
    """Put another grain into the address; a period of the old one makes no sense any more."""
    st.query_params["grain"] = grain.value
    st.query_params.pop("period", None)


def show_period(calendar: Calendar, period: Period | None) -> None:
    """Put the period whose rows are asked for into the address."""
    if period is None:
        st.query_params.pop("period", None)
    else:
        st.query_params["period"] = calendar.label(period)


def action_filter() -> tuple[Status, str | None]:
    """Return which actions the address asks for: open ones of everybody by itself."""
    wanted = st.query_params.get("status")
    status = next((known for known in Status if known.value == wanted), Status.OPEN)
    return status, st.query_params.get("person")


def show_actions(status: Status, person: str | None) -> None:
    """Put other actions into the address."""
    st.query_params["status"] = status.value
    if person:
        st.query_params["person"] = person
    else:
        st.query_params.pop("person", None)


def plan_asked() -> tuple[int | None, date | None]:
    """Return which plan the address asks for, and the day it wants to see it on."""
    number, day = st.query_params.get("plan"), st.query_params.get("on")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        on = None
    return int(number) if number and re.fullmatch(r"\d{1,9}", number) else None, on


def show_plan(plan_id: int | None) -> None:
    """Put another plan into the address; None for the one that holds."""
    _put("plan", None if plan_id is None else str(plan_id))
    _put("on", None)


def show_plan_on(day: date | None) -> None:
    """Put the day into the address on which a plan is looked at; None for today."""
    _put("on", day.isoformat() if day else None)


def plan_place(person: str | None) -> PlanPlace:
    """Return where the plan of the company, or of a person, is shown."""
    context = session.current()
    return PlanPlace(
        plans=data.plan.plans(person),
        around=data.commitments.around(),
        calendar=context.calendar,
        timezone=context.workspace.settings.timezone,
        show_plan=show_plan,
        show_day=show_plan_on,
    )


def person_asked(people: Sequence[str], first: Collection[str] = ()) -> str | None:
    """Return which of some people the address asks for.

    Args:
        first: One of these by itself, if there is any among them.
    """
    wanted = st.query_params.get("person")
    if wanted in people:
        return wanted
    return next((one for one in people if one in first), next(iter(people), None))


def show_person(person: str) -> None:
    """Put another person into the address; what was asked of the former one makes no sense."""
    _put("person", person)
    show_plan(None)


def comes_in(page: str) -> bool:
    """Tell whether somebody comes in by the front door: once, and looking for nothing special.

    Args:
        page: The address of the page they open.
    """
    by_the_front_door = not page and not (st.query_params.keys() - {_LANGUAGE})
    comes_first = not st.session_state.get(_IS_IN)
    st.session_state[_IS_IN] = True
    return by_the_front_door and comes_first


def first_step() -> FirstStep | None:
    """Return the first step that the address asks for; None for the next one."""
    wanted = st.query_params.get("step")
    return next((step for step in FirstStep if step.value == wanted), None)


def show_first_step(step: FirstStep | None) -> None:
    """Put a first step into the address; None: whichever is next."""
    if step is None:
        st.query_params.pop("step", None)
    else:
        st.query_params["step"] = step.value


def _put(name: str, value: str | None) -> None:
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def meeting_asked_for() -> int | None:
    """Return the number of the meeting that the address asks for."""
    written = st.query_params.get("meeting", "")
    return int(written) if written.isdecimal() and len(written) < 10 else None  # noqa: PLR2004 - what an integer column holds


def show_meeting(meeting_id: int | None) -> None:
    """Put a meeting into the address; None: all of them."""
    if meeting_id is None:
        st.query_params.pop("meeting", None)
    else:
        st.query_params["meeting"] = str(meeting_id)


def decision_asked_for() -> tuple[str, int, str] | None:
    """Return which decision the address asks for, as ``Decided.subject`` has it.

    Returns:
        gap or verdict, the number of the review, and what it decided about; "", the number of the
        decision, and "" for any other. None: the address asks for none.
    """
    found = _DECISION.fullmatch(st.query_params.get("decision", ""))
    if found is None:
        return None
    kind, review, thing, number = found.groups(default="")
    return kind, int(review or number), thing


def words_asked_for() -> str:
    """Return what the address searches for."""
    return st.query_params.get("about", "")


def show_search(words: str) -> None:
    """Put what somebody searches for into the address."""
    if words.strip():
        st.query_params["about"] = words.strip()
    else:
        st.query_params.pop("about", None)


def quarters_asked_for(quarters: Sequence[Period]) -> tuple[Period, Period]:
    """Return the two quarters that the address asks to compare, the earlier one first.

    Args:
        quarters: Those that can be compared, newest first; at least two. The newest two by itself.
    """
    calendar = session.current().calendar
    asked = [_period(calendar, st.query_params.get(name)) for name in ("first", "second")]
    known = list(dict.fromkeys(one for one in asked if one in quarters))
    rest = [one for one in quarters if one not in known]
    first, second = sorted([*(one for one in known if one), *rest][:2])
    return first, second


def show_quarters(first: Period, second: Period) -> None:
    """Put two quarters to compare into the address."""
    calendar = session.current().calendar
    earlier, later = sorted((first, second))
    st.query_params["first"] = calendar.label(earlier)
    st.query_params["second"] = calendar.label(later)


def _known_language(name: str | None) -> Language | None:
    written = (name or "").replace("-", "_")
    return next((known for known in LANGUAGES if known == written), None)


def _grain(name: str | None) -> Grain:
    return next((grain for grain in SERIES_GRAINS if grain.value == name), Grain.WEEK)


def _period(calendar: Calendar, label: str | None) -> Period | None:
    if label is None:
        return None
    try:
        return calendar.parse(label)
    except Refused:
        return None


def origin() -> str:
    """Return how the browser reached the pages: scheme, host and what stands before the path."""
    url = urlsplit(st.context.url or "")
    return f"{url.scheme}://{url.netloc}" if url.netloc else ""
