"""Make a workspace, and open its pages: init, run, demo."""

import errno
import socket
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.commands.console import Console, console, opened_to_serve, refuse_second
from dashboard.commands.line import typed
from dashboard.commands.options import DEFAULT_FOLDER, Folder
from pipelines.errors import Refused, WorkspaceError, msg

#: Where the sample company is made.
DEMO_FOLDER = Path("cap90-demo")
_FIRST_PORT = 8590
#: How many ports are tried when the first one is taken.
_PORTS = 20

Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, metavar="N", help="Port of the pages; else a free one."),
]
Host = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="Address to listen at; any other than this computer's own takes --public-url.",
    ),
]
PublicUrl = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where others reach the pages through a TLS proxy: https://…"),
]
OpenBrowser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the pages.")]


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The new company's folder.")
    ] = None,
    company: Annotated[str | None, typer.Option(metavar="NAME", help="The company's name.")] = None,
    locale: Annotated[
        str | None, typer.Option(metavar="LOCALE", help="Language: en, fr or fr-CA.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Currency, such as CAD or EUR.")
    ] = None,
    fiscal_year_start: Annotated[
        int | None, typer.Option(metavar="MONTH", help="First month of the fiscal year, 1 to 12.")
    ] = None,
    week_start: Annotated[
        str | None, typer.Option(metavar="DAY", help="First day of the week: monday or sunday.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Country of the public holidays.")
    ] = None,
    province: Annotated[
        str | None, typer.Option(metavar="CODE", help="Province of the public holidays.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(metavar="NAME", help="Time zone, such as America/Montreal.")
    ] = None,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Make a new workspace for a company."""
    from pipelines.settings import settings_from
    from pipelines.workspace import create

    with console(locale=locale) as talk:
        told = {
            # a company that nobody named bears the name of the folder somebody named
            "company": company or (folder.resolve().name if folder else None),
            "locale": locale,
            "currency": currency,
            "timezone": timezone,
            "country": country,
            "province": province,
            "week_start": week_start,
            "fiscal_year_start": fiscal_year_start,
        }
        values = _with_usual_values(
            {key: value for key, value in told.items() if value is not None}, talk
        )
        made = create(folder or workspace, settings_from(values), phrase=talk.phrase)
        talk.say(msg("The workspace is ready in {folder}.", folder=str(made.root)))
        talk.say(
            msg(
                "Next, take in an export of your CRM: cap90 import FILE --workspace {folder}",
                folder=str(folder or workspace),
            )
        )
        talk.say(
            msg(
                "Or open the pages: cap90 run --workspace {folder}. The first time, a link that "
                "works once is printed: it makes your account.",
                folder=str(folder or workspace),
            )
        )


def run(
    host: Host = "127.0.0.1",
    port: Port = None,
    public_url: PublicUrl = None,
    browser: OpenBrowser = True,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Open the pages of a workspace."""
    _open_pages(workspace, host, port, public_url=public_url, browser=browser)


def demo(
    port: Port = None,
    browser: OpenBrowser = True,
    workspace: Annotated[
        Path, typer.Option("--workspace", metavar="DIR", help="Folder of the sample company.")
    ] = DEMO_FOLDER,
) -> None:
    """Make a sample company and open its pages."""
    with console():
        from dashboard.demo import LOCALE, build_demo
        from dashboard.text import language_of

        refuse_second(workspace)
        # as everything that follows does
        build_demo(workspace, say=Console(language_of(LOCALE), as_json=False).say)
    _open_pages(workspace, "127.0.0.1", port, browser=browser, demo=True)


def _with_usual_values(told: dict[str, Any], talk: Console) -> dict[str, Any]:
    """Return the settings with what usually goes with the language and the country."""
    from pipelines.settings import usual_currency, usual_timezone

    usual: dict[str, Any] = {"locale": talk.language.replace("_", "-")}
    locale = told.get("locale", usual["locale"])
    usual["country"] = "FR" if locale == "fr" else "CA"
    country = told.get("country", usual["country"])
    if locale == "fr-CA" and country == "CA":
        usual["province"] = "QC"
    if currency := usual_currency(country):
        usual["currency"] = currency
    if zone := usual_timezone(country):
        usual["timezone"] = zone
    elif "timezone" not in told and currency:
        raise WorkspaceError.of(
            msg("{country} has several time zones.", country=country),
            where="[timezone]",
            hint=msg("Name yours, such as: --timezone {example}", example="America/New_York"),
        )
    return usual | told


def _open_pages(
    folder: Path,
    host: str,
    port: int | None,
    *,
    browser: bool,
    public_url: str | None = None,
    demo: bool = False,
) -> None:
    with opened_to_serve(folder) as (context, talk):
        from dashboard.commands.execution import executor
        from dashboard.server import Opened, serve

        def announce(pages: Opened) -> None:
            talk.say(
                msg("Cap 90 is open at {address} (stop it with Ctrl+C).", address=pages.address)
            )
            if pages.behind:
                talk.say(
                    msg(
                        "The TLS proxy passes requests and web sockets on to {local}, with the "
                        "headers Host, X-Forwarded-For and X-Forwarded-Proto.",
                        local=pages.behind,
                    )
                )
            if pages.setup:
                talk.say(
                    msg(
                        "Nobody can log in yet. This link makes the first account; it works once, "
                        "for a day: {link}",
                        link=pages.setup,
                    )
                )

        serve(
            context,
            host=host,
            port=port or _free_port(host, talk),
            public_url=public_url,
            demo=demo,
            open_browser=browser,
            ready=announce,
            runner=executor(line.group) if (line := typed()) else None,
        )


def _free_port(host: str, talk: Console) -> int:
    for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        if _is_free(host, port):
            if port != _FIRST_PORT:
                talk.say(
                    msg(
                        "Port {taken} is taken by another program; using {port}.",
                        taken=str(_FIRST_PORT),
                        port=str(port),
                    )
                )
            return port
    raise Refused.of(
        msg(
            "No port from {first} to {last} is free.",
            first=str(_FIRST_PORT),
            last=str(_FIRST_PORT + _PORTS - 1),
        ),
        hint=msg("Name a free one with --port."),
    )


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # a port that a program has just let go of counts as free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            # an address that cannot be served at all is refused where it is served, with the reason
            return error.errno != errno.EADDRINUSE
    return True
