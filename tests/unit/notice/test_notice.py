"""The supervision notice as PDF and as a Word document, read back by other programs."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from exports.document.notice import Notice, file_name, notice_docx, notice_pdf
from exports.document.pdf import FAMILY
from layers.paper.font import FONT_PATH, NAME, truetype
from locales import Language, Name

NOTICE = Notice(
    number=Name("虹进博督〔2020〕7号", "HQ-CIIE-S 2020-7"),
    campaign=Name("第三届进博会保障行动", "CIIE 2020 support"),
    addressee=Name("闵行区", "Minhang District"),
    task="T29",
    title=Name("七莘路空港段路面与护栏整修", "Qixin Road: surface and guard rails"),
    rung=Name("催办", "Urge"),
    state=Name("推进中，完成 78%", "In progress, 78 % done"),
    as_of=date(2020, 9, 15),
    due=date(2020, 9, 8),
    days_late=7,
    difficulty="返工材料晚到一周",
    demand="请增加班组，并回复预计完成时间。",
    deadline=date(2020, 9, 18),
    issuer=Name("管委会综合协调处", "Coordination Office"),
    issued_by="王处",
    issued_on=date(2020, 9, 15),
)
EXPECTED: dict[str, tuple[str, ...]] = {
    "zh": (
        "虹进博督〔2020〕7号",
        "七莘路空港段路面与护栏整修",
        "2020年9月18日",
        "已超期7天",
        "返工材料",
        "示例数据",
        "闵行区",
    ),
    "en": ("HQ-CIIE-S2020-7", "QixinRoad:surfaceandguardrails", "2020-09-18", "7daysoverdue", "返工材料", "Sampledata"),
}


def words_of_pdf(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def words_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    lines = [one.text for one in (*document.paragraphs, *document.sections[0].footer.paragraphs)]
    return "".join("".join((*lines, *cells)).split())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_files_say_number_task_facts_demand_and_deadline(lang: Language) -> None:
    pdf, docx = words_of_pdf(notice_pdf(NOTICE, lang)), words_of_docx(notice_docx(NOTICE, lang))
    for text in (*EXPECTED[lang], "T29", "王处", "请增加班组，并回复预计完成时间。"):
        assert text in pdf
        assert text in docx


def test_the_pdf_is_read_by_poppler_too(tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    (tmp_path / "notice.pdf").write_bytes(notice_pdf(NOTICE, "zh"))
    done = subprocess.run([program, "notice.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True)
    for text in ("虹进博督〔2020〕7号", "七莘路空港段路面与护栏整修", "请于2020年9月18日 24 时前回复"):
        assert text in done.stdout


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert notice_pdf(NOTICE, "zh") == notice_pdf(NOTICE, "zh")
    assert notice_docx(NOTICE, "zh") == notice_docx(NOTICE, "zh")


def test_the_font_is_inside_and_the_writer_keeps_none_of_it() -> None:
    reader = PdfReader(io.BytesIO(notice_pdf(NOTICE, "zh")))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    embedded = [font.get_object() for font in fonts if NAME in str(font.get_object().get("/BaseFont"))]
    assert embedded
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in embedded)
    assert FAMILY not in pdfmetrics.getRegisteredFontNames()


def test_what_the_font_lacks_is_a_geta_mark_and_named() -> None:
    text = words_of_pdf(notice_pdf(replace(NOTICE, demand="请加快😀推进"), "zh"))
    assert "请加快〓推进" in text
    assert "U+1F600" in text


def test_a_long_demand_goes_on_over_the_pages() -> None:
    demand = "\n".join(f"第{number}项：请增加班组并回复预计完成时间。" * 4 for number in range(1, 60))
    reader = PdfReader(io.BytesIO(notice_pdf(replace(NOTICE, demand=demand), "zh")))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) > 2
    assert "第59项" in text
    assert f"第{len(reader.pages)}页" in "".join(text.split())


def test_what_is_not_there_is_left_out() -> None:
    bare = replace(NOTICE, due=None, difficulty="", deadline=None, issued_by="", sample=False)
    text = words_of_pdf(notice_pdf(bare, "en"))
    assert "noduedate" in text
    assert not any(word in text for word in ("Difficulty", "Replyby", "Signed", "Sampledata"))


def test_a_receipt_that_was_confirmed_fills_the_box() -> None:
    received = replace(NOTICE, received=("2020-09-15 10:32", "李工"), replies=("2020-09-16 李工：已加班",))
    for text in (words_of_pdf(notice_pdf(received, "zh")), words_of_docx(notice_docx(received, "zh"))):
        assert all(word in text for word in ("李工", "2020-09-1510:32", "已加班"))


def test_word_has_a_font_for_chinese_and_no_character_that_xml_refuses() -> None:
    document = Document(io.BytesIO(notice_docx(replace(NOTICE, demand="请\x00加\x0b快"), "zh")))
    styles = (document.styles[name].element for name in ("Normal", "Title", "Heading 2", "Strong"))
    fonts = [style.get_or_add_rPr().get_or_add_rFonts().get(qn("w:eastAsia")) for style in styles]
    assert fonts == ["SimSun", "SimHei", "SimHei", "SimHei"]
    assert document.tables[0].rows[6].cells[1].text == "请加快"
    created = document.core_properties.created
    assert created is not None
    assert created.date() == NOTICE.issued_on


def test_outlines_keep_the_widths_and_the_characters_of_the_font() -> None:
    with TTFont(io.BytesIO(truetype("督办 A翟"))) as made, TTFont(FONT_PATH, lazy=True) as source:
        chosen, known = made.getBestCmap(), source.getBestCmap()
        widths = {code: (made["hmtx"][glyph], source["hmtx"][known[code]]) for code, glyph in chosen.items()}
        contours = made["glyf"][chosen[ord("督")]].numberOfContours
    assert {chr(code) for code in chosen} == set("督办 A翟〓")
    assert all(one == other for one, other in widths.values())
    assert contours > 0


def test_file_names_hold_number_and_task_and_nothing_that_a_system_refuses() -> None:
    assert file_name(NOTICE, "zh", "pdf") == "虹进博督〔2020〕7号_T29.pdf"
    hostile = replace(NOTICE, number=Name("../a:b", "../a:b"))
    assert file_name(hostile, "en", "docx") == "___a_b_T29.docx"
