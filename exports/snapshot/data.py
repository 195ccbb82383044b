"""Write the data of a view: tables as an Excel workbook or CSV, no cell of which is a formula, and geodata."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.ledger.sheets import put
from exports.reproducible_zip import stable
from exports.snapshot.snapshot import Snapshot
from exports.snapshot.words import unit_name
from geo.ledger.cells import to_cell
from geo.model.campaign import FEATURE_CRS
from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import LIGHT_LABELS, STATUS_LABELS, Light, Status
from locales import Label, Text

FEATURE_NAMES: Final[Mapping[str, Label]] = {
    "id": Text("id"),
    "layer": Text("layer"),
    "kind": Text("kind", context="column of a table"),
    "kind_label": Text("kind in words"),
    "name_zh": Text("name (zh)"),
    "name_en": Text("name (en)"),
    "zones": Text("zones"),
    "light": Text("light", context="column of a table"),
    "light_label": Text("light in words"),
    "tasks": Text("tasks", context="column of a table"),
    "open_tasks": Text("open tasks"),
    "plausible": Text("position plausible only"),
    "accuracy_m": Text("accuracy (m)"),
    "source": Text("source"),
}
TASK_NAMES: Final[Mapping[str, Label]] = {
    "id": Text("id"),
    "category": Text("category"),
    "title_zh": Text("title (zh)"),
    "title_en": Text("title (en)"),
    "lead_unit": Text("lead unit"),
    "supporting_units": Text("supporting units"),
    "planned_start": Text("planned start"),
    "due": Text("due"),
    "status": Text("status"),
    "percent": Text("percent"),
    "light": Text("light"),
    "days_left": Text("days left"),
    "difficulty": Text("difficulty"),
    "suggestion": Text("suggestion"),
    "reported_at": Text("last report"),
    "features": Text("features", context="column of a table"),
}
JOINER: Final = ";"


def feature_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """A row per feature that is shown, with the keys of FEATURE_NAMES; None where there is no value."""
    lang = snapshot.lang
    rows = []
    for key, row in snapshot.features.drop(columns="geometry").to_dict("index").items():
        rows.append(
            {
                "id": str(key),
                **{name: str(row[name]) for name in ("layer", "kind", "name_zh", "name_en")},
                "kind_label": KIND_LABELS[str(row["kind"])].get(lang),
                "zones": JOINER.join(row["zones"]),
                "light": str(row["light"]),
                "light_label": LIGHT_LABELS[Light(row["light"])].get(lang),
                "tasks": JOINER.join(row["tasks"]),
                "open_tasks": int(row["open_tasks"]),
                "plausible": bool(row["plausible"]),
                "accuracy_m": None if pd.isna(row["accuracy_m"]) else float(row["accuracy_m"]),
                "source": str(row["source_zh"] if lang == "zh" else row["source"]) or str(row["source"]),
            }
        )
    return [{name: row[name] for name in FEATURE_NAMES} for row in rows]


def task_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """A row per task that is shown, with the keys of TASK_NAMES; days as ISO texts, None where there is no value."""
    lang, units = snapshot.lang, snapshot.units
    rows = []
    for key, row in snapshot.tasks.to_dict("index").items():
        reported = row["reported_at"]
        local = None if pd.isna(reported) else f"{reported.tz_convert(snapshot.campaign.tz):%Y-%m-%d %H:%M}"
        rows.append(
            {
                "id": str(key),
                "category": snapshot.campaign.category_name(str(row["category"])).get(lang),
                **{name: str(row[name]) for name in ("title_zh", "title_en", "difficulty", "suggestion")},
                "lead_unit": unit_name(units, str(row["lead_unit"]), lang),
                "supporting_units": JOINER.join(unit_name(units, one, lang) for one in row["supporting_units"]),
                **{name: None if pd.isna(row[name]) else f"{row[name]:%Y-%m-%d}" for name in ("planned_start", "due")},
                "status": STATUS_LABELS[Status(row["status"])].get(lang),
                "percent": int(row["percent"]),
                "light": LIGHT_LABELS[Light(row["light"])].get(lang),
                "days_left": None if pd.isna(row["days_left"]) else int(row["days_left"]),
                "reported_at": local,
                "features": JOINER.join(row["features"]),
            }
        )
    return [{name: row[name] for name in TASK_NAMES} for row in rows]


def about_rows(snapshot: Snapshot) -> list[tuple[str, str]]:
    """What the view is, a line each, as name and value."""
    lang = snapshot.lang
    named = {
        Text("title"): snapshot.title,
        Text("filters"): snapshot.filter_words,
        Text("as of"): snapshot.as_of_words,
        Text("figures"): snapshot.figure_words,
        Text("notice"): snapshot.notice,
        Text("attribution"): snapshot.campaign.attribution.get(lang),
        Text("link"): snapshot.url,
    }
    rows = [(label.get(lang), value) for label, value in named.items() if value]
    return rows + [(Text("note", context="column of a table").get(lang), note) for note in snapshot.notes]


_YES_NO: Final = {True: Text("yes"), False: Text("no")}
_WIDEST: Final = 44


def write_xlsx(snapshot: Snapshot) -> bytes:
    """A workbook: what the view is, its tasks, its features."""
    book, lang = Workbook(), snapshot.lang
    about = book.worksheets[0]
    about.title = Text("About").get(lang)
    for number, row in enumerate(about_rows(snapshot), 1):
        for column, text in enumerate(row, 1):
            put(about, number, column, text)
            about.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 14, 90
    _write(book.create_sheet(Text("Tasks").get(lang)), TASK_NAMES, task_rows(snapshot), snapshot)
    _write(book.create_sheet(Text("Features").get(lang)), FEATURE_NAMES, feature_rows(snapshot), snapshot)
    book.properties.creator = "One Map"
    book.properties.title = to_cell(snapshot.title)
    book.properties.created = snapshot.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    file = io.BytesIO()
    book.save(file)
    return stable(file.getvalue(), snapshot.made_at)


def write_csv(snapshot: Snapshot) -> bytes:
    """The tasks of the view; UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([label.get(snapshot.lang) for label in TASK_NAMES.values()])
    for row in task_rows(snapshot):
        writer.writerow([to_cell(one) if isinstance(one, str) else one for one in row.values()])
    return file.getvalue().encode("utf-8-sig")


def _write(sheet: Worksheet, names: Mapping[str, Label], rows: list[dict[str, Any]], snapshot: Snapshot) -> None:
    widths = []
    for column, (name, label) in enumerate(names.items(), 1):
        header = label.get(snapshot.lang)
        put(sheet, 1, column, header)
        sheet.cell(1, column).font = Font(bold=True)
        values = [row[name] for row in rows]
        for line, value in enumerate(values, 2):
            shown = _YES_NO[value].get(snapshot.lang) if isinstance(value, bool) else value
            put(sheet, line, column, shown)
            sheet.cell(line, column).alignment = Alignment(wrap_text=True, vertical="top")
        widths.append(min(max(map(_width, ["", header, *map(str, values)])) + 2, _WIDEST))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


DIGITS: Final = 6
"""About 0.1 m: finer than any accuracy that the layers state."""


def write_geojson(snapshot: Snapshot) -> bytes:
    """The features that are shown, in WGS-84; outer rings run counterclockwise, as the RFC asks."""
    shapes = _geometries(snapshot)
    rows = feature_rows(snapshot)
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "properties": row,
            "geometry": None if shapely.is_empty(shape) else json.loads(shapely.to_geojson(shape)),
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]
    document: dict[str, Any] = {"type": "FeatureCollection", "title": snapshot.title}
    if len(shapes):
        document["bbox"] = [round(float(edge), DIGITS) for edge in shapely.total_bounds(shapes)]
    document["onemap"] = {
        "as_of": f"{snapshot.board.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "made_at": f"{snapshot.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "about": [list(row) for row in about_rows(snapshot)],
    }
    document["features"] = features
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def write_geopackage(snapshot: Snapshot) -> bytes:
    """One table for each layer, and the tasks and the description as tables without geometry."""
    frame = gpd.GeoDataFrame(feature_rows(snapshot), geometry=list(_geometries(snapshot)), crs=FEATURE_CRS)
    with tempfile.TemporaryDirectory(prefix="onemap-") as folder:
        path = Path(folder) / "view.gpkg"
        for layer in Layer:
            part = frame[frame["layer"] == layer] if len(frame) else frame
            if len(part):
                pyogrio.write_dataframe(part, path, layer=str(layer), driver="GPKG", append=path.exists())
        tables = {
            "tasks": pd.DataFrame(task_rows(snapshot)),
            "about": pd.DataFrame(about_rows(snapshot), columns=["name", "value"]),
        }
        for name, table in tables.items():
            if len(table):
                pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=path.exists())
        return path.read_bytes()


def _geometries(snapshot: Snapshot) -> Any:  # noqa: ANN401  arrays of geometries have no type of their own
    shapes = np.asarray(snapshot.features.geometry.array, dtype=object)
    rounded = shapely.transform(shapes, lambda points: np.round(points, DIGITS))
    return shapely.orient_polygons(rounded)
