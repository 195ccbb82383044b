"""A Word document looks as the styles of its template say, which an office changes in Word."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt

from data.campaign.toml_files import DEFAULT, read_template
from exports.document.docx import STYLES, TABLE_STYLES, write_docx
from exports.document.model import Cell, Column, Document, Section, Table, Words, theme_of

_TABLE = Table((Column("Task", 1.0),), ((Cell("T01"),),))
_SECTIONS = (Section("late", "Late", (Words("One is late.", "lead"), _TABLE)),)


def _written(styles: bytes) -> Any:  # noqa: ANN401  docx types most of what it finds as absent, too
    theme = replace(theme_of(read_template(), "en"), styles=styles)
    made_at = datetime(2020, 9, 15, tzinfo=UTC)
    told = Document("Sample", "Sample", "", "en", "2020-09-15", "", (), made_at, theme, _SECTIONS, "")
    return docx.Document(io.BytesIO(write_docx(told)))


def _changed(*, without: str = "") -> bytes:
    document = docx.Document(str(DEFAULT.with_suffix(".docx")))
    document.styles["Heading 1"].font.size = Pt(30)
    document.sections[0].left_margin = Mm(40)
    if without:
        document.styles[without].delete()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", ["briefing.docx", "notice.docx"])
def test_a_template_has_every_style_and_no_text(name: str) -> None:
    document = docx.Document(str(DEFAULT.with_name(name)))
    assert {*STYLES, *TABLE_STYLES.values(), "Strong"} <= {style.name for style in document.styles}
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == []


def test_headings_words_and_tables_have_styles_and_no_look_of_their_own() -> None:
    document = _written(read_template().styles)
    assert [paragraph.style.name for paragraph in document.paragraphs] == ["Heading 1", "Lead"]
    assert document.tables[0].style.name == "Document List"
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert {(run.font.size, run.font.bold, run.font.name) for run in runs} == {(None, None, None)}


def test_what_an_office_changes_in_the_template_is_kept() -> None:
    document = _written(_changed())
    assert document.styles["Heading 1"].font.size == Pt(30)
    assert round(document.sections[0].left_margin.mm) == 40


def test_a_style_that_a_template_lacks_is_that_of_the_default_one() -> None:
    assert _written(_changed(without="Lead")).styles["Lead"].font.size == Pt(12)
