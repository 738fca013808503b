"""What the gate's pages ask for, and what came back."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dashboard.access.links import Kind, Link
from dashboard.access.passwords import LONGEST, SHORTEST
from dashboard.gate.rendering import Field, Form, Page
from dashboard.gate.rendering import Link as Way
from dashboard.text import Language, render, text
from pipelines.errors import Problem

#: Names, addresses and passwords take far less.
_LONGEST_BODY = 16_384
_FORM = "application/x-www-form-urlencoded"


async def sent(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent; the first of each name counts.

    Raises:
        HTTPException: It is no form, or too long for one of ours.
    """
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST_BODY:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    form = await request.form(max_fields=20)
    fields: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, value)
    return fields


def login(
    language: Language,
    providers: dict[str, str],
    email: str = "",
    problems: tuple[Problem, ...] = (),
    *,
    restored: bool = False,
) -> Page:
    """Return the page that asks who somebody is.

    Args:
        providers: Addresses that lead to others who vouch for people, and what they are called.
        restored: Whether everybody was logged out a moment ago because a backup was put back.
    """
    return Page(
        text("Log in", language),
        problems=said(problems, language),
        form=Form(
            text("Log in", language),
            (
                Field("email", text("E-mail", language), "email", "username", value=email[:200]),
                Field(
                    *("password", text("Password", language), "password", "current-password"),
                    longest=LONGEST,
                ),
            ),
        ),
        choices=tuple(
            Way(address, text("Log in with {name}", language, name=name))
            for address, name in providers.items()
        ),
        sentences=(text("A backup was restored: log in again to go on.", language),)
        if restored
        else (),
    )


def code(language: Language, key: str, problem: Problem) -> Page:
    """Return the page that asks for a code after the password."""
    return Page(
        text("Log in", language),
        problems=said((problem,), language),
        form=Form(text("Go on", language), (_code(language),), (("key", key),)),
        languages=False,
    )


def first_steps(language: Language) -> Page:
    """Return the page that is shown while nobody has an account."""
    return Page(
        text("Nobody can log in yet", language),
        (
            text("The first account is made with a link that works once.", language),
            text(
                "Open the link printed in the terminal in which Cap 90 was started. "
                "If it is lost, start Cap 90 again: it prints a new one.",
                language,
            ),
        ),
    )


def choose_password(
    language: Language,
    link: Link,
    given: dict[str, str],
    problems: tuple[Problem, ...] = (),
    *,
    with_code: bool = False,
) -> Page:
    """Return the page behind a link: who somebody is, and their new password.

    Args:
        given: What they typed before, without passwords.
        with_code: Their account takes codes as well.
    """
    fields = [*_who(language, link, given)]
    fields.append(
        Field(
            *("password", text("New password", language), "password", "new-password"),
            hint=text("At least {count} characters; a sentence is fine.", language, count=SHORTEST),
            longest=LONGEST,
        )
    )
    fields.append(
        Field(
            *("again", text("The same again", language), "password", "new-password"),
            longest=LONGEST,
        )
    )
    if with_code:
        fields.append(_code(language))
    return Page(
        _title(language, link.kind),
        (_greeting(language, link),),
        said(problems, language),
        Form(text("Save and log in", language), tuple(fields)),
    )


def dead_link(language: Language, problems: tuple[Problem, ...]) -> Page:
    """Return the page behind a link that is not good any more."""
    first, *more = (problem for problem in problems)
    return Page(
        render(first.what, language),
        tuple(
            sentence
            for sentence in (
                render(first.hint, language) if first.hint else "",
                *said(tuple(more), language),
            )
            if sentence
        ),
        links=(Way("/login", text("Log in", language)),),
    )


def said(problems: tuple[Problem, ...], language: Language) -> tuple[str, ...]:
    """Return problems as sentences."""
    return tuple(render(problem, language) for problem in problems)


def _code(language: Language) -> Field:
    return Field("code", text("Code", language), "text", "one-time-code", longest=64)


def _who(language: Language, link: Link, given: dict[str, str]) -> tuple[Field, ...]:
    name = given.get("name") or (link.account.name if link.account else "")
    match link.kind:
        case Kind.SETUP:
            email = given.get("email", "")
            return (
                Field("name", text("Your name", language), "text", "name", value=name[:120]),
                Field("email", text("E-mail", language), "email", "username", value=email[:200]),
            )
        case Kind.INVITATION:
            return (Field("name", text("Your name", language), "text", "name", value=name[:120]),)
        case Kind.RESET:
            return ()


def _title(language: Language, kind: Kind) -> str:
    match kind:
        case Kind.SETUP:
            return text("Make the first account", language)
        case Kind.INVITATION:
            return text("Welcome to Cap 90", language)
        case Kind.RESET:
            return text("Choose a new password", language)


def _greeting(language: Language, link: Link) -> str:
    if link.account is None:
        return text(
            "You become the owner: you see everything, and decide who else may come in.", language
        )
    return text("You will log in as {email}.", language, email=link.account.email)
