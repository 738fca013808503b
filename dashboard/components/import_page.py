"""The data page: take a file in, answer what it leaves open, see what came of every file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.table import Column, table
from dashboard.components.words import cell_word, entity_name, source_name
from dashboard.text import Language, render, text, text_plural
from pipelines.ingest.canonical import ENTITIES
from pipelines.ingest.report import Coverage, ImportRecord, ImportReport, Question, Reject
from pipelines.sources import SOURCES

_FILE_TYPES = ["csv", "tsv", "txt", "xlsx"]
#: A file may have thousands of them; these are enough to see what is wrong.
_REJECTS_SHOWN = 200


@dataclass(frozen=True)
class Upload:
    """A file somebody wants to take in, and what they say about it.

    Attributes:
        source: None to recognise it, as ``entity``.
    """

    name: str
    content: bytes
    coverage: Coverage
    source: str | None
    entity: str | None


def upload_form(language: Language) -> Upload | None:
    """Show the form that takes a file in.

    Returns:
        What was sent, once, right after the click.
    """
    with st.form("upload", border=False):
        file = st.file_uploader(
            text("An export of your CRM or your invoices, as CSV or Excel", language),
            type=_FILE_TYPES,
            key="upload_file",
        )
        coverage: Coverage = st.radio(
            text("What does the file hold?", language),
            ("view", "full"),
            format_func=lambda known: _coverage_name(known, language),
            captions=(
                text("What is absent from it stays as it is.", language),
                text("What is absent from it has vanished from the source.", language),
            ),
            key="upload_coverage",
        )
        with st.expander(text("If the file is not recognised", language)):
            source = st.selectbox(
                text("It comes from", language),
                list(SOURCES),
                index=None,
                format_func=lambda name: source_name(name, language),
                placeholder=text("Recognise it by its columns", language),
                key="upload_source",
            )
            entity = st.selectbox(
                text("It holds", language),
                list(ENTITIES),
                index=None,
                format_func=lambda name: entity_name(name, language),
                placeholder=text("Recognise it by its columns", language),
                key="upload_entity",
            )
        sent = st.form_submit_button(text("Import", language), type="primary")
    if not sent:
        return None
    if file is None:
        st.warning(text("Choose a file first.", language))
        return None
    return Upload(file.name, file.getvalue(), coverage, source, entity)


def report(result: ImportReport, language: Language) -> None:
    """Say what came of a file."""
    counted = text(
        "{file} — rows read: {read} · added: {added} · changed: {changed} · "
        "unchanged: {unchanged} · set aside: {rejected}",
        language,
        file=result.file,
        read=result.rows_read,
        added=result.added,
        changed=result.changed,
        unchanged=result.unchanged,
        rejected=result.rejected,
    )
    st.success(plain(counted))
    if result.findings:
        st.markdown(
            "\n".join(f"- {plain(render(found.message, language))}" for found in result.findings)
        )


def questions(
    result: ImportReport, language: Language, *, answer: Callable[[dict[str, str]], None]
) -> None:
    """Ask what a file leaves open.

    Args:
        result: With at least one question.
        answer: Called with an answer per mapping key, before the page is drawn again.
    """
    st.subheader(
        text("{file} leaves something open", language, file=plain(result.file)), anchor=False
    )
    st.markdown(text("Nothing was imported yet. Answer here, and the file is taken in.", language))
    # one answer may serve several columns
    asked = {question.mapping_key: question for question in result.questions}

    def submit() -> None:
        answer({key: st.session_state[f"answer_{key}"] for key in asked})

    with st.form("answers", border=True):
        for key, question in asked.items():
            _question(key, question, language)
        show_refusal("answers", language)
        st.form_submit_button(
            text("Import with these answers", language), on_click=beside("answers", submit)
        )


def import_table(imports: Sequence[ImportRecord], language: Language) -> None:
    """Show every import with its counts, newest first."""
    if not imports:
        st.caption(
            text(
                "No file has been imported yet. Drop a first export into the field above.", language
            )
        )
        return
    table(
        "imports",
        text("Imported files", language),
        (
            Column(text("File", language)),
            Column(text("Holds", language), "close"),
            Column(text("Comes from", language), "close"),
            Column(text("Imported", language), "close"),
            Column(text("Export", language), "close"),
            Column(text("Rows", language), "number"),
            Column(text("Added", language), "number"),
            Column(text("Changed", language), "number"),
            Column(text("Unchanged", language), "number"),
            Column(text("Set aside", language), "number"),
        ),
        [
            (
                one.file_name,
                entity_name(one.entity, language),
                source_name(one.source, language),
                shown.dated(one.as_of, language),
                cell_word("coverage", one.coverage, language),
                *(
                    shown.plain_number(count, language)
                    for count in (
                        one.rows_read,
                        one.added,
                        one.changed,
                        one.unchanged,
                        one.rejected,
                    )
                ),
            )
            for one in imports
        ],
    )


def reject_choice(imports: Sequence[ImportRecord], language: Language) -> ImportRecord | None:
    """Let somebody choose the import whose rows set aside are shown."""
    with_rejects = {one.import_id: one for one in imports if one.rejected}
    if not with_rejects:
        return None
    st.subheader(text("Rows set aside", language), anchor=False)
    chosen = st.selectbox(
        text("Of the file", language),
        list(with_rejects),
        format_func=lambda number: _import_name(with_rejects[number], language),
        key="rejects_of",
        width=760,  # the names of exports are long, and end with what tells them apart
    )
    return with_rejects.get(chosen)


def reject_table(rejects: Sequence[Reject], language: Language) -> None:
    """Show why rows were set aside."""
    more = len(rejects) - _REJECTS_SHOWN
    table(
        "rejects",
        text("Rows set aside", language),
        (
            Column(text("Line", language), "number"),
            Column(text("Reason", language)),
            Column(text("Column", language)),
            Column(text("Content", language)),
        ),
        [
            (
                str(reject.line),
                render(reject.reason, language),
                reject.column or "",
                reject.content or "",
            )
            for reject in rejects[:_REJECTS_SHOWN]
        ],
        caption=text_plural("{count} more row", "{count} more rows", more, language)
        if more > 0
        else None,
    )


def _question(key: str, question: Question, language: Language) -> None:
    st.markdown(f"**{plain(render(question.question, language))}**")
    if question.examples:
        examples = ", ".join(question.examples)
        st.caption(plain(text("For example: {examples}", language, examples=examples)))
    st.selectbox(
        plain(text("Answer for {column}", language, column=question.column or key)),
        question.options,
        index=None,
        format_func=lambda option: _option_name(option, language),
        # a rate may be one that nobody foresaw
        accept_new_options=key == "tax",
        placeholder=text("Choose", language),
        label_visibility="collapsed",
        key=f"answer_{key}",
        width=320,
    )


def _option_name(option: str, language: Language) -> str:
    match option:
        case ",":
            return text("the comma", language)
        case ".":
            return text("the point", language)
        case "excluded":
            return text("before taxes", language)
        case _:
            return cell_word("status", option, language)


def _coverage_name(coverage: str, language: Language) -> str:
    if coverage == "full":
        return text("Everything the source has", language)
    return text("A part of it (a view, a period, a team)", language)


def _import_name(one: ImportRecord, language: Language) -> str:
    count = text_plural("{count} row", "{count} rows", one.rejected, language)
    return f"{one.file_name} · {shown.dated(one.as_of, language)} · {count}"
