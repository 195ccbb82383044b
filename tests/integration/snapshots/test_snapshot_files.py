"""Every format opens in a program that is not ours, says what the page says, and is the same for the same view."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from openpyxl import load_workbook
from pptx import Presentation

from exports.snapshot.data import write_csv, write_geojson, write_geopackage, write_xlsx
from exports.snapshot.formats import FORMATS, write_page, write_pptx
from exports.snapshot.snapshot import Snapshot
from geo.tasks.filters import Filters, match
from layers.paper.figure import draw_page
from layers.paper.font import literal
from locales import Language
from services.snapshots.snapshots import SnapshotError, format_for
from tests.support.fixtures_snapshot import board, campaign, renamed, snapshot, texts
from tests.support.office import POPPLER, needs_office, through_office

FORMULAS = ["=1+1", "+1", "-5", "@SUM(1)", '=HYPERLINK("http://x","y")', "</b>"]
needs_poppler = pytest.mark.skipif(POPPLER is None, reason="there is no pdftotext on PATH (poppler-utils)")


def poppler(tool: str, content: bytes, folder: Path, *options: str) -> str:
    path = folder / "page.pdf"
    path.write_bytes(content)
    made = subprocess.run(
        [tool, *options, str(path), *(["-"] if tool == "pdftotext" else [])], capture_output=True, check=True
    )
    assert made.stderr == b""
    return made.stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def says_everything(text: str, taken: Snapshot) -> None:
    """Check that a text holds title, date, filters and figures, whatever spaces stand between."""
    found = squeezed(text)
    wanted = [taken.title, taken.as_of_words, taken.filter_words, taken.notice, *taken.notes[:2]]
    wanted += [f"{one.number}{one.label}" for one in taken.figures]
    assert [words for words in wanted if squeezed(literal(words)) not in found] == []


@needs_poppler
@pytest.mark.parametrize("size", ["A3", "A4-portrait"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pdf_says_what_its_page_says_and_carries_its_font(lang: Language, size: str, tmp_path: Path) -> None:
    taken = snapshot(lang, size, Filters(zones=frozenset({"Z1", "Z2"})))
    content = write_page(taken, "pdf")
    says_everything(poppler("pdftotext", content, tmp_path, "-raw"), taken)
    fonts = poppler("pdffonts", content, tmp_path).splitlines()[2:]
    assert fonts
    assert all(re.search(r"TrueType\s+Identity-H\s+yes yes yes", font) for font in fonts)
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", poppler("pdfinfo", content, tmp_path)).groups()  # type: ignore[union-attr]
    millimetres = [float(width) / 72 * 25.4, float(height) / 72 * 25.4]
    assert millimetres == pytest.approx([taken.paper.width_mm, taken.paper.height_mm], abs=0.5)


@needs_poppler
def test_every_name_on_the_map_can_be_searched_for(tmp_path: Path) -> None:
    taken = snapshot("zh", "A3")
    found = squeezed(poppler("pdftotext", write_page(taken, "pdf"), tmp_path, "-raw"))
    names = [squeezed(words) for _, words, _ in texts(draw_page(taken.sheet), "label", "late-what")["label"]]
    assert len(names) > 50
    assert [name for name in names if name not in found] == []


def test_an_svg_is_xml_without_text_that_needs_a_font_and_says_its_words() -> None:
    taken = snapshot("zh", "A4", board=renamed(["<b>&", "]]>", "\x08𠮷"]))
    root = ET.fromstring(write_page(taken, "svg"))  # noqa: S314  our own file
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert not any(element.tag.endswith("}text") for element in root.iter())
    assert len(names) == len(set(names))
    says_everything("".join(root.itertext()), taken)


def shapes_of(taken: Snapshot) -> list[Any]:
    return [shape for slide in Presentation(io.BytesIO(write_pptx(taken))).slides for shape in slide.shapes]


def runs_of(shapes: list[Any]) -> list[Any]:
    return [run for one in shapes if one.has_text_frame for line in one.text_frame.paragraphs for run in line.runs]


def test_slides_have_native_titles_a_table_a_legend_and_a_picture_with_words() -> None:
    taken = snapshot("en")
    shapes = shapes_of(taken)
    written = {run.text for run in runs_of(shapes)}
    picture = next(shape for shape in shapes if shape.name == "map")
    cells = [[cell.text for cell in row.cells] for shape in shapes if shape.has_table for row in shape.table.rows]
    assert shapes[0].text_frame.text == taken.title
    assert cells[1:] == [[row.what, row.who, row.how_late] for row in taken.late]
    assert taken.title in picture._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001  python-pptx has no other way
    assert {"Legend", "Late or blocked", "Expressway"} <= written


def test_every_text_of_a_slide_names_an_east_asian_font() -> None:
    fonts = [run.font._rPr for run in runs_of(shapes_of(snapshot("zh")))]  # noqa: SLF001  likewise
    assert len(fonts) > 20
    assert all(any(one.tag.endswith("}ea") for one in font) for font in fonts)


@needs_office
@pytest.mark.parametrize("ending", ["pptx", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_shows_title_date_filters_and_figures(ending: str, lang: Language, tmp_path: Path) -> None:
    taken, form = snapshot(lang), format_for(ending)
    printed = through_office(ending, form.write(taken), tmp_path)
    text = subprocess.run([str(POPPLER), "-raw", str(printed), "-"], check=True, capture_output=True).stdout
    says_everything(text.decode(), taken)


def test_geojson_keeps_rfc_7946() -> None:
    filters = Filters(zones=frozenset({"Z1"}))
    document = json.loads(write_geojson(snapshot("zh", "A4", filters)))
    shapes = [shapely.geometry.shape(one["geometry"]) for one in document["features"]]
    rings = [one.exterior for one in shapes if one.geom_type == "Polygon"]
    west, south, east, north = document["bbox"]
    assert len(shapes) == int(match(board(), filters).sum())
    assert "crs" not in document
    assert rings
    assert all(shapely.is_ccw(ring) for ring in rings)
    assert (west, south, east, north) == pytest.approx(shapely.total_bounds(shapes), abs=1e-6)


def test_gdal_reads_every_layer_of_a_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "view.gpkg"
    path.write_bytes(write_geopackage(snapshot("en")))
    sizes = {name: len(pyogrio.read_dataframe(path, layer=name)) for name, _ in pyogrio.list_layers(path)}
    assert sizes["zones"] + sizes["corridors"] + sizes["nodes"] == len(board().features)
    assert sizes["tasks"] == len(board().tasks)
    assert pyogrio.read_info(path, layer="corridors")["crs"] == "EPSG:4326"


def test_no_cell_of_a_table_is_a_formula() -> None:
    taken = snapshot("zh", board=renamed(FORMULAS), title="=1+1")
    sheets = load_workbook(io.BytesIO(write_xlsx(taken)))
    rows = list(csv.reader(io.StringIO(write_csv(taken).decode("utf-8-sig"))))
    assert [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert len(rows) == 1 + len(board().tasks)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_an_empty_view_gives_every_format() -> None:
    taken = snapshot("zh", "A4", Filters(text="no such thing"))
    assert {form.id for form in FORMATS if not form.write(taken)} == set()


@pytest.mark.parametrize("ending", [form.id for form in FORMATS if form.id != "gpkg"])
def test_the_same_view_gives_the_same_bytes(ending: str) -> None:
    form = format_for(ending)
    assert form.write(snapshot("zh", "A4")) == form.write(snapshot("zh", "A4"))


def made(one: tuple[Language, str, str]) -> bytes:
    form = format_for(one[2])
    return form.write(snapshot(one[0], one[1]))


def test_sixteen_at_once_give_sixteen_right_files() -> None:
    langs: tuple[Language, ...] = ("zh", "en")
    sizes, endings = ("A4", "A4-portrait"), ("png", "pdf", "svg", "pptx")
    asked = [(lang, size, ending) for lang in langs for size in sizes for ending in endings]
    alone = [made(one) for one in asked]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(made, asked)) == alone


def test_files_carry_the_time_that_was_given_and_no_other() -> None:
    taken = snapshot("zh", "A4")
    assert b"D:20200915100200" in write_page(taken, "pdf")
    assert b"2020-09-15T10:02:00Z" in write_page(taken, "svg")
    with zipfile.ZipFile(io.BytesIO(write_pptx(taken))) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        assert b"2020-09-15T10:02:00Z" in parts.read("docProps/core.xml")


def test_every_format_has_an_ending_of_its_own() -> None:
    assert len({form.id for form in FORMATS}) == len(FORMATS)
    assert format_for(".PNG") is FORMATS[0]
    with pytest.raises(SnapshotError):
        format_for("doc")
    assert campaign().campaign.sample
