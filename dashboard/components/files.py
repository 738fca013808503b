"""Quiet lines of links: the files that a table can be taken away as, the pages beside one."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.assets import asset, given
from dashboard.scripts import loader
from dashboard.text import Language, text

_files = st.components.v2.component(
    "cap90_files", html='<div class="files"></div>', css=asset("files.css"), js=loader()
)


@dataclass(frozen=True)
class FileLink:
    """A file to take away.

    Attributes:
        name: CSV, Excel, Parquet.
        href: Where it is.
        help: What it is, for those who do not see where the link stands.
    """

    name: str
    href: str
    help: str


@dataclass(frozen=True)
class TableLinks:
    """A table to take away, and the files it can be taken away as."""

    title: str
    links: Sequence[FileLink]


def file_links(key: str, links: Sequence[FileLink], language: Language) -> None:
    """Show the files that what stands above can be taken away as.

    Args:
        key: Unique on its page.
    """
    if links:
        _show(key, [(text("Export as", language), links)])


def table_links(key: str, tables: Sequence[TableLinks], language: Language) -> None:
    """Show the tables of a page that has many, to open on demand.

    Args:
        key: Unique on its page.
    """
    with st.expander(text("Export the tables", language)):
        _show(key, [(table.title, table.links) for table in tables])


def page_links(key: str, links: Sequence[tuple[str, str]]) -> None:
    """Show the ways to the pages that belong to this one, as quietly.

    Args:
        links: What is said, and the address.
    """
    _show(key, [("", [FileLink(name, href, name) for name, href in links])])


def _show(key: str, lines: Sequence[tuple[str, Sequence[FileLink]]]) -> None:
    data = {
        "lines": [
            {
                "label": label,
                "links": [{"name": one.name, "href": one.href, "help": one.help} for one in links],
            }
            for label, links in lines
        ]
    }
    _files(key=key, data=given(data))
