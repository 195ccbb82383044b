"""A form flows over pages of A4: the head of a list on each, every row whole, text to the letter."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from data.campaign.toml_files import read_template
from exports.document.model import Cell, Column, Document, Section, Table, Words, theme_of
from exports.document.pdf import write_pdf

_HOSTILE = "<b>&amp;</b> $x$"
_ROWS = tuple((Cell(f"T{number:03}"), Cell(_HOSTILE)) for number in range(80))


def _pages(*blocks: Words | Table) -> list[str]:
    theme, made_at = theme_of(read_template(), "en"), datetime(2020, 9, 15, tzinfo=UTC)
    sections = (Section("list", "", blocks, "form"),)
    told = Document("Form", "Form", "", "en", "", "", ("Sample data",), made_at, theme, sections, page="page {n}")
    return [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(told))).pages]


def test_a_long_list_has_its_head_and_the_foot_on_every_page() -> None:
    pages = _pages(Table((Column("Number", 1.0), Column("Words", 3.0)), _ROWS))
    assert len(pages) > 1
    assert all("Number" in page and "Sample data" in page for page in pages)
    assert [f"page {number}" in page for number, page in enumerate(pages, start=1)] == [True] * len(pages)


def test_every_row_is_there_to_the_letter() -> None:
    written = "".join(_pages(Table((Column("Number", 1.0), Column("Words", 3.0)), _ROWS)))
    assert [row for row in range(80) if f"T{row:03}" not in written] == []
    assert written.count(_HOSTILE) == len(_ROWS)


def test_a_heading_stands_on_the_page_of_what_follows_it() -> None:
    filler = Words("\n".join(["word"] * 33))
    box = Table((Column("", 1.0), Column("", 3.0)), tuple((Cell(f"B{n}"), Cell("")) for n in range(3)), kind="box")
    pages = _pages(filler, Words("Receipt", "head"), box)
    assert [("Receipt" in page, "B0" in page, "B2" in page) for page in pages] == [(False,) * 3, (True,) * 3]
