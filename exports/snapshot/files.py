"""Write a snapshot as a page (PNG, PDF, SVG), as interactive HTML, or as geodata (GeoJSON, GeoPackage)."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from exports.snapshot.snapshot import Snapshot
from exports.snapshot.tables import about_rows, feature_rows, task_rows
from exports.snapshot.words import name_of
from geo.model.campaign import FEATURE_CRS
from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS, Light, Status
from layers.paper.figure import draw_page, pdf_bytes, png_bytes, svg_bytes
from layers.screen.standalone import PageWords, standalone_page


def write_png(snapshot: Snapshot) -> bytes:
    """The page as a picture of its paper's size; raises as `layers.paper.figure.draw_page`."""
    return png_bytes(draw_page(snapshot.sheet), **_told(snapshot))


def write_pdf(snapshot: Snapshot) -> bytes:
    """The page as vectors; raises as `layers.paper.figure.draw_page`."""
    return pdf_bytes(draw_page(snapshot.sheet), **_told(snapshot))


def write_svg(snapshot: Snapshot) -> bytes:
    """The page as SVG; raises as `layers.paper.figure.draw_page`."""
    return svg_bytes(draw_page(snapshot.sheet), **_told(snapshot))


def _told(snapshot: Snapshot) -> dict[str, Any]:
    return {"title": snapshot.title, "description": snapshot.description, "made_at": snapshot.made_at}


def write_html(snapshot: Snapshot) -> bytes:
    """The page; raises as `layers.paper.figure.draw_page`."""
    drawn = draw_page(snapshot.sheet).drawn
    return standalone_page(snapshot.sheet, drawn, snapshot.campaign, _page_words(snapshot)).encode()


def _page_words(snapshot: Snapshot) -> PageWords:
    lang, tasks, features = snapshot.lang, snapshot.board.tasks, snapshot.features
    lines = {
        str(key): (
            f"{LIGHT_GLYPHS[Light(light)]} {key} {name_of(tasks, key, 'title', lang)}: "
            f"{STATUS_LABELS[Status(status)].get(lang)} {percent} %"
        )
        for key, light, status, percent in zip(
            tasks.index, tasks["light"], tasks["status"], tasks["percent"], strict=True
        )
    }
    rows = list(zip(features.index, features["kind"], features["light"], features["tasks"], strict=True))
    return PageWords(
        about={
            str(key): f"{KIND_LABELS[kind].get(lang)} · {LIGHT_LABELS[Light(light)].get(lang)}"
            for key, kind, light, _ in rows
        },
        tasks={str(key): [lines[task] for task in linked] for key, _, _, linked in rows},
    )


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
