"""What a click on the page of the people does."""

from collections.abc import Callable
from functools import partial

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.messages import attempt
from dashboard.components.people_page import Gestures
from dashboard.text import Language
from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.people import register
from pipelines.people.person import Details, Person


def gestures(language: Language) -> Gestures:
    """Return what the page does, said in a language."""

    def done(wish: Callable[[Context], object], said: Message) -> None:
        _done(language, wish, said)

    return Gestures(
        join=lambda person, written: done(
            lambda context: register.join(context, person.person_id, written),
            msg("“{written}” now means {name}.", written=written, name=person.name),
        ),
        separate=lambda written, source: done(
            lambda context: register.separate(context, written, source),
            msg("“{written}” stands for itself again.", written=written),
        ),
        tell_apart=lambda person, other: done(
            lambda context: register.turn_down(context, person.person_id, other.person_id),
            msg("They are two people."),
        ),
        add=partial(_add, language),
        change=partial(_change, language),
        leave=lambda person: done(
            lambda context: register.deactivate(context, person.person_id, person.version),
            msg("{name} left; what is theirs stays.", name=person.name),
        ),
        take_back=lambda person: done(
            lambda context: register.take_back(context, person.person_id, person.version),
            msg("{name} is here again.", name=person.name),
        ),
    )


def _add(language: Language, details: Details) -> bool:
    return _done(
        language, lambda context: register.add_person(context, details), msg("The person is added.")
    )


def _change(language: Language, person: Person, details: Details) -> bool:
    return _done(
        language,
        lambda context: register.change_person(context, person.person_id, person.version, details),
        msg("Saved."),
    )


def _done(language: Language, wish: Callable[[Context], object], said: Message) -> bool:
    def work() -> None:
        session.require(Capability.EDIT_PEOPLE)
        wish(session.current())

    return attempt(language, work, said)
