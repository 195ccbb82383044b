"""Lead from the index of a Word document to its pages: bookmarks at the sections, fields with their page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exports.document.briefing import Briefing, Table

INDEX_ROW_PT: Final = 16.0
"""Height of a row of the index, in any font, so that its pages can be counted."""
_FIRST_ROWS: Final = 41
_MORE_ROWS: Final = 44


@dataclass(frozen=True, slots=True)
class Target:
    """Hold where a row leads: the name of a bookmark, its number, and the page that it should be on."""

    name: str
    number: int
    page: int


def targets_of(briefing: Briefing) -> dict[str, Target]:
    """Where rows of indexes lead, by id of section; the pages are those of a document whose sections take one each.

    LibreOffice counts the pages anew when it opens the file; Word does when its fields are updated.
    """
    tables = [block for section in briefing.sections for block in section.blocks if isinstance(block, Table)]
    links = [link for table in tables for link in table.links]
    page = 2 + sum(_pages(table) for table in tables if table.links)
    return {link: Target(f"_page{place}", place, page + place) for place, link in enumerate(links)}


def _pages(table: Table) -> int:
    rest = max(len(table.shown) - _FIRST_ROWS, 0)
    return 1 + -(-rest // _MORE_ROWS)


def mark(paragraph: Any, target: Target) -> None:  # noqa: ANN401  docx ships no types
    """Put a bookmark around what a paragraph holds."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), f"{target.number}")
    start.set(qn("w:name"), target.name)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  docx has no other way
    properties.addnext(start)
    paragraph._p.append(end)  # noqa: SLF001  likewise
