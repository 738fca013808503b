"""Who is who: the people of the company, the names that mean them, and who may be one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.table import Column, table
from dashboard.components.words import source_name
from dashboard.text import Language, render, text, text_plural
from pipelines.people.matching import Proposal
from pipelines.people.person import MAX_NAME, Details, Person

#: More proposals than anybody decides on at once; the others follow.
_PROPOSED = 8
#: What a person still has to do, as many as a glance takes in.
_ACTIONS = 3


@dataclass(frozen=True)
class Gestures:
    """What a click does; forms are told whether it was accepted.

    Attributes:
        join: The person, and the name that means them from then on.
        separate: A joined name and its source.
        tell_apart: The two of a proposal.
        change: A person as somebody saw them, and what they wrote.
    """

    join: Callable[[Person, str], None]
    separate: Callable[[str, str], None]
    tell_apart: Callable[[Person, Person], None]
    add: Callable[[Details], bool]
    change: Callable[[Person, Details], bool]
    leave: Callable[[Person], None]
    take_back: Callable[[Person], None]


def proposed(proposals: Sequence[Proposal], language: Language, gestures: Gestures) -> None:
    """Show the pairs that may be one person, what speaks for it, and the ways to decide."""
    if not proposals:
        return
    st.subheader(text("Perhaps the same person", language), anchor=False)
    for one in proposals[:_PROPOSED]:
        key = f"{one.person.person_id}_{one.other.person_id}"
        with st.container(border=True):
            st.markdown(plain_bold(one.person.name) + " — " + plain_bold(one.other.name))
            st.caption(plain(" ".join(render(reason, language) for reason in one.evidence)))
            with st.container(horizontal=True, gap="small"):
                for kept, other in ((one.person, one.other), (one.other, one.person)):
                    st.button(
                        text("One person: {name}", language, name=plain(kept.name)),
                        key=f"join_{kept.person_id}_{other.person_id}",
                        type="primary" if kept is one.person else "secondary",
                        on_click=beside(key, gestures.join),
                        args=(kept, other.name),
                    )
                st.button(
                    text("Two people", language),
                    key=f"apart_{key}",
                    on_click=beside(key, gestures.tell_apart),
                    args=(one.person, one.other),
                )
            show_refusal(key, language)
    if more := len(proposals) - _PROPOSED if len(proposals) > _PROPOSED else 0:
        st.caption(text_plural("{count} more pair", "{count} more pairs", more, language))


def left_behind(people: Sequence[Person], language: Language) -> Person | None:
    """Say who left and still owns actions.

    Returns:
        The person whose actions somebody wants to see, else None.
    """
    wanted = None
    for person in people:
        if person.active or not person.open_actions:
            continue
        titles = [f"“{action.title}”" for action in person.open_actions[:_ACTIONS]]
        if len(person.open_actions) > _ACTIONS:
            titles.append("…")
        st.warning(
            plain(
                text_plural(
                    "{name} left and still has {count} open action: {titles}. Give it to somebody.",
                    "{name} left and still has {count} open actions: {titles}. Give them to"
                    " somebody.",
                    len(person.open_actions),
                    language,
                    name=person.name,
                    titles=", ".join(titles),
                )
            )
        )
        if st.button(text("Show these actions", language), key=f"actions_{person.person_id}"):
            wanted = person
    return wanted


def people_table(people: Sequence[Person], logins: Mapping[int, str], language: Language) -> None:
    """Show everybody.

    Args:
        logins: What those who may log in are to the company, in words, by the person's number.
    """
    if not people:
        st.caption(
            text(
                "Nobody is known yet. People come with the files you take in; you may add some"
                " below.",
                language,
            )
        )
        return
    table(
        "people",
        text("People", language),
        (
            Column(text("Name", language)),
            Column(text("Team", language)),
            Column(text("E-mail", language)),
            Column(text("In the files", language)),
            Column(text("Login", language), "close"),
            Column(text("Still here", language), "close"),
        ),
        [
            (
                person.name,
                person.team or shown.NOTHING,
                person.email or shown.NOTHING,
                _written(person, language) or shown.NOTHING,
                logins.get(person.person_id, shown.NOTHING),
                text("yes", language) if person.active else text("left", language),
            )
            for person in people
        ],
    )


def person_choice(people: Sequence[Person], language: Language) -> Person | None:
    """Let somebody choose whom to change."""
    by_number = {person.person_id: person for person in people}
    st.subheader(text("Change a person", language), anchor=False)
    number = st.selectbox(
        text("Person", language),
        list(by_number),
        index=None,
        format_func=lambda known: by_number[known].name if known in by_number else "",
        placeholder=text("Choose", language),
        key="person_to_change",
        width=320,
    )
    return by_number.get(number) if number is not None else None


def person_panel(
    person: Person, people: Sequence[Person], language: Language, gestures: Gestures
) -> None:
    """Show what can be done with one person."""
    details_form(
        # another version is another form: what it shows is what it will change
        f"person_{person.person_id}_{person.version}",
        person.details,
        text("Save", language),
        language,
        send=lambda details: gestures.change(person, details),
    )
    for source, written in person.joined:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                plain(
                    text("“{written}” means {name}.", language, written=written, name=person.name)
                    if not source
                    else text(
                        "“{written}” in files of {source} means {name}.",
                        language,
                        written=written,
                        source=source,
                        name=person.name,
                    )
                ),
                width="content",
            )
            st.button(
                text("Separate", language),
                key=f"separate_{source}_{written}",
                on_click=beside("person", gestures.separate),
                args=(written, source),
            )
    _same_as(person, people, language, gestures)
    show_refusal("person", language)
    if person.active:
        st.button(
            text("Left the company", language),
            key=f"leave_{person.person_id}",
            on_click=beside("person", gestures.leave),
            args=(person,),
            help=text("What they did and what is theirs stays; nothing is erased.", language),
        )
    else:
        st.button(
            text("Is at the company again", language),
            key=f"back_{person.person_id}",
            on_click=beside("person", gestures.take_back),
            args=(person,),
        )


def details_form(
    key: str, known: Details, action: str, language: Language, *, send: Callable[[Details], bool]
) -> None:
    """Show the form with what is known about a person.

    Args:
        key: Unique on the page.
        action: What the button says.
        send: Called with what was filled in, before the page is drawn again; what was refused
            stays in the form.
    """
    fields = {
        "name": text("Name", language),
        "email": text("E-mail", language),
        "team": text("Team", language),
        "region": text("Region", language),
        "business_unit": text("Business unit", language),
    }

    def submit() -> None:
        state = st.session_state
        filled = {name: str(state[f"{key}_{name}"] or "") for name in fields}
        if send(Details(**filled)):
            for name in fields:
                state.pop(f"{key}_{name}", None)

    with st.form(key, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            for name, label in fields.items():
                st.text_input(
                    label,
                    value=getattr(known, name) or "",
                    max_chars=254 if name == "email" else MAX_NAME,
                    key=f"{key}_{name}",
                    width=240,
                )
        show_refusal(key, language)
        st.form_submit_button(action, on_click=beside(key, submit), type="primary")


def plain_bold(name: str) -> str:
    """Return a name that Markdown shows in bold, whatever is in it."""
    return f"**{plain(name)}**"


def _same_as(
    person: Person, people: Sequence[Person], language: Language, gestures: Gestures
) -> None:
    key = f"same_{person.person_id}_{person.version}"

    def submit() -> None:
        if written := st.session_state[key]:
            gestures.join(person, written)

    with (
        st.form(f"{key}_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.selectbox(
            text("Also called", language),
            [other.name for other in people if other.person_id != person.person_id],
            index=None,
            accept_new_options=True,
            placeholder=text("Another person, or a name from a file", language),
            key=key,
            width=320,
        )
        st.form_submit_button(text("Join", language), on_click=beside(key, submit))
    show_refusal(key, language)


def _written(person: Person, language: Language) -> str:
    """Return which files name a person, and how where they write another name."""
    sources: dict[str, list[str]] = {}
    for source, name in person.written:
        where = text("typed", language) if source == "typed" else source_name(source, language)
        sources.setdefault(name, []).append(where)
    return "; ".join(
        ", ".join(found) if name == person.name else f"{name} ({', '.join(found)})"
        for name, found in sources.items()
    )
