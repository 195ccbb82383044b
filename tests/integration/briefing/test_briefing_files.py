"""Briefings open in other programs, hold their title, date and figures, and are the same bytes every time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from data.campaign.toml_files import read_template
from exports.document.layout import laid_out
from exports.document.model import Block, Figures
from layers.paper.page import KeyFigure
from layers.slides.slide import Grid, MapPicture
from locales import Language
from services.briefing.briefing import FORMATS, format_for, render
from tests.support.fixtures_briefing import content, document, squeezed, words_of, write

PDFTOTEXT, PDFFONTS = shutil.which("pdftotext"), shutil.which("pdffonts")
KINDS = ("briefing", "one-page", "evaluation")
EVERY = [(form.id, kind, lang) for form in FORMATS for kind in KINDS for lang in ("zh", "en")]


@pytest.mark.parametrize(("form", "kind", "lang"), EVERY)
def test_every_format_and_language_holds_title_date_notice_and_figures(form: str, kind: str, lang: Language) -> None:
    told, written = document(kind, lang), words_of(form, content(form, kind, lang))
    figures = {figure.number for section in told.sections for block in section.blocks for figure in _figures(block)}
    assert squeezed(told.as_of) in written
    assert squeezed(told.notice) in written
    assert squeezed(told.short if kind == "one-page" else told.title) in written
    assert all(squeezed(section.title) in written for section in told.sections)
    assert figures
    assert all(number in written for number in figures)


def _figures(block: Block) -> tuple[KeyFigure, ...]:
    return block.figures if isinstance(block, Figures) else ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.skipif(PDFTOTEXT is None, reason="there is no pdftotext (poppler-utils)")
def test_poppler_finds_the_words_of_a_pdf_and_every_font_inside(lang: Language, tmp_path: Path) -> None:
    path = write(tmp_path, "pdf", content("pdf", "briefing", lang))
    text = subprocess.run([str(PDFTOTEXT), str(path), "-"], capture_output=True, check=True).stdout.decode()
    fonts = subprocess.run([str(PDFFONTS), str(path)], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert squeezed(document("briefing", lang).title) in squeezed(text)
    assert "T29" in text
    assert fonts
    assert all(re.search(r"\byes +yes +yes\b", line) for line in fonts)


@pytest.mark.parametrize("form", [form.id for form in FORMATS])
def test_the_same_document_gives_the_same_bytes(form: str) -> None:
    assert render(document("one-page"), format_for(form)) == content(form, "one-page")


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_no_part_of_an_office_file_tells_when_it_was_saved(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content(form, "one-page"))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-24T08:00:00Z" in file.read("docProps/core.xml")


def test_a_pdf_has_an_outline_of_its_sections() -> None:
    outline = PdfReader(io.BytesIO(content("pdf"))).outline
    titles = [squeezed(str(entry.title)) for entry in outline if not isinstance(entry, list)]
    assert titles[1:] == [squeezed(section.title) for section in document().sections[1:]]


def test_slides_have_native_titles_numbers_and_tables_and_maps_have_alternative_text() -> None:
    slides = list(Presentation(io.BytesIO(content("pptx"))).slides)
    assert all(slide.shapes.title.text_frame.text for slide in slides)
    assert all('type="slidenum"' in _xml(slide) for slide in slides[1:])
    assert sum(shape.has_table for slide in slides for shape in slide.shapes) > 5
    maps = [shape for slide in slides for shape in slide.shapes if shape.name == "map"]
    assert (
        len(maps) == sum(isinstance(item, MapPicture) for one in laid_out(document()).slides for item in one.items) + 1
    )
    assert all(shape._element.nvPicPr.cNvPr.get("descr") for shape in maps)  # noqa: SLF001  pptx has no other way


def _xml(slide: object) -> str:
    return str(slide.part.blob, "utf-8")  # type: ignore[attr-defined]


def test_every_run_of_a_slide_names_an_east_asian_font() -> None:
    for slide in Presentation(io.BytesIO(content("pptx"))).slides:
        runs = re.findall(r"<a:(?:r|fld)[ >].*?</a:(?:r|fld)>", _xml(slide), re.DOTALL)
        assert runs
        assert all(f'<a:ea typeface="{read_template().east_asian}"' in run for run in runs)


def test_a_long_table_goes_on_with_its_head_again() -> None:
    grids = [item for slide in laid_out(document()).slides if slide.section == "changes-list" for item in _grids(slide)]
    assert len(grids) > 1
    assert len({grid.head for grid in grids}) == 1
    document_tables = Document(io.BytesIO(content("docx"))).tables
    assert any("tblHeader" in table.rows[0]._tr.xml for table in document_tables)  # noqa: SLF001  docx has no other way


def _grids(slide: object) -> list[Grid]:
    return [item for item in slide.items if isinstance(item, Grid)]  # type: ignore[attr-defined]
