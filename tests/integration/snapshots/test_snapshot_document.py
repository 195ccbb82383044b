"""A Word document of a view holds its text natively, and what is late stands on one page with its map or on its own."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from exports.snapshot.formats import write_docx
from locales import Language
from tests.support.fixtures_snapshot import board, snapshot
from tests.support.office import needs_office, through_office

LATE_TASKS = 6
"""As many tasks of the campaign are late or blocked on its demonstration day."""


def test_it_has_title_tables_and_pictures_with_words() -> None:
    taken = snapshot("zh")
    document = Document(io.BytesIO(write_docx(taken)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    words = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]  # noqa: SLF001  python-docx has no other way
    assert document.paragraphs[0].text == taken.title
    assert rows[1:] == [[row.what, row.who, row.how_late] for row in taken.late]
    assert taken.title in words[0]
    assert "高速路" in words[1]


def test_its_pictures_begin_where_its_text_does() -> None:
    pictures = [shape._inline for shape in Document(io.BytesIO(write_docx(snapshot("zh")))).inline_shapes]  # noqa: SLF001  likewise
    assert {one.get(edge) for one in pictures for edge in ("distL", "distR")} == {"0"}


@needs_office
@pytest.mark.parametrize(("lang", "late", "pages"), [("zh", 6, 1), ("en", 6, 1), ("zh", 44, 2)])
def test_it_is_one_page_and_a_long_list_stands_on_a_page_of_its_own(
    lang: Language, late: int, pages: int, tmp_path: Path
) -> None:
    tasks = board().tasks.copy()
    if late > LATE_TASKS:
        tasks["light"] = "red"
    taken = snapshot(lang, board=replace(board(), tasks=tasks))
    read = PdfReader(through_office("docx", write_docx(taken), tmp_path))
    ends = ["".join(row.what.split()) for row in (taken.late[0], taken.late[-1])]
    listed = [[what in "".join(page.extract_text().split()) for what in ends] for page in read.pages]
    assert len(taken.late) == late
    assert listed == [*([[False, False]] * (pages - 1)), [True, True]]
