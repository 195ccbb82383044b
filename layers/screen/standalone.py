"""Write an interactive map as one page that needs nothing else: Leaflet, styles, script and data stand in it.

Text of the data reaches the page as JSON, in which no `<` is left, and enters the document as text nodes, or as
escaped HTML; a policy in the page forbids it to ask any other host.

A browser loads no module from a file on disk, so the modules that a page needs become one script: each is a function
of its own that gives back what it exports, in the order in which they need each other.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.model.campaign import Campaign
from geo.model.kinds import Kind, Layer
from geo.model.status import Light
from layers.paper.legend import entries
from layers.paper.map import Drawn
from layers.paper.page import LATE, LEGEND, NO_LATE, MapContent, Sheet
from layers.screen.documents import anchors, compact_json
from layers.screen.map import map_script
from layers.style import PALETTES, kind_swatch, light_colour, light_swatch, style_table

FRONTEND: Final = Path(__file__).parents[2] / "frontend"
_IMPORT: Final = re.compile(r'^import \{ ([^}]+) \} from "\./([a-z_]+\.js)";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_UNREAD: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def script(entry: str) -> str:
    """Return a module and all that it imports as one script.

    Raises
    ------
    ValueError
        A module imports or exports in a form that is not understood: only names in braces are, each on one line.
    """
    modules: dict[str, str] = {}
    _take(entry, modules)
    parts = (f'modules["{name}"] = (() => {{\n{text}}})();\n' for name, text in modules.items())
    return f'(() => {{\n"use strict";\nconst modules = {{}};\n{"".join(parts)}}})();\n'


def _take(name: str, modules: dict[str, str]) -> None:
    """Add a module behind those that it imports."""
    text = file_text(name)
    for _, needed in _IMPORT.findall(text):
        if needed not in modules:
            _take(needed, modules)
    text = _IMPORT.sub(lambda found: f'const {{ {found[1].replace(" as ", ": ")} }} = modules["{found[2]}"];', text)
    exported = _EXPORT.findall(text)
    text = _EXPORT.sub("", text)
    if unread := _UNREAD.search(text):
        message = f"{name}: cannot put {unread[0]!r} into one script; import and export names in braces, on one line"
        raise ValueError(message)
    modules[name] = f"{text}return {{ {', '.join(exported)} }};\n"


def data_block(element_id: str, document: object) -> str:
    """Return the element that holds a document as JSON, in which nothing ends the element or opens a comment."""
    text = compact_json(document)
    for sign in "<>\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{element_id}">{text}</script>\n'


@cache
def file_text(name: str) -> str:
    """Return a file of the front-end with the line ends that a browser hashes."""
    return _text(FRONTEND / name)


@cache
def leaflet_script() -> str:
    """Return Leaflet without the address of its source map, which a browser would ask for."""
    return re.sub(r"//# sourceMappingURL=\S+", "", _leaflet("leaflet.js")).replace("</script", "<\\/script")


@cache
def leaflet_styles() -> str:
    """Return Leaflet's style sheet without its pictures, which stand in files of their own and are not used."""
    return re.sub(r"[^{};]*url\([^)]*\)[^;}]*;?", "", _leaflet("leaflet.css"))


def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet  # noqa: PLC0415  `cli.py check` must start where it is missing, to say so

    return _text(Path(leaflet.BASE_DIR) / name)


def _text(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")


POLICY: Final = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
DIGITS: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Hold the words of features: what each is, and a line for each of its tasks, by id."""

    about: Mapping[str, str]
    tasks: Mapping[str, Sequence[str]]


def standalone_page(sheet: Sheet, drawn: Drawn, campaign: Campaign, words: PageWords) -> str:
    """HTML of the page.

    Parameters
    ----------
    sheet
        The view, as it is put on paper.
    drawn
        What of it is drawn, for the legend.
    campaign
        Describes the map.
    words
        Words of the features.
    """
    lang = sheet.content.lang
    scripts = (leaflet_script(), f"function describedMap() {{\n{map_script(campaign)}}}\n{script('standalone.js')}")
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.title)}</title>\n"
        f"<style>{leaflet_styles()}\n:root {{{_variables()}}}\n{file_text('standalone.css')}</style>\n</head>\n<body>\n"
        f"{_header(sheet)}\n"
        f'<div id="map_onemap" role="application" aria-label="{escape(sheet.title)}"></div>\n'
        f"<aside>{_legend(drawn, lang)}{_late(sheet)}</aside>\n"
        f"<footer>{escape(' · '.join((*sheet.notes, sheet.content.attribution)))}</footer>\n"
        f"{data_block('onemap-data', standalone_document(sheet, words))}"
        f"{''.join(f'<script>{one}</script>{chr(10)}' for one in scripts)}</body>\n</html>\n"
    )


def standalone_document(sheet: Sheet, words: PageWords) -> dict[str, Any]:
    """Return what the page reads: features as the scene of the map draws them, and what is said of each."""
    content = sheet.content
    frame = content.features[content.shown]
    return {
        "features": _features(content, frame) | {"context": _context(content)},
        "about": [words.about.get(str(key), "") for key in frame.index],
        "tasks": [list(words.tasks.get(str(key), ())) for key in frame.index],
        "lights": [str(light) for light in frame["light"]],
        "extent": list(content.extent),
        "lang": content.lang,
        "attribution": escape(content.attribution),
        "style": style_table(),
    }


def _features(content: MapContent, frame: gpd.GeoDataFrame) -> dict[str, Any]:
    shapes = _rounded(frame.geometry.array)
    return {
        "ids": [str(key) for key in frame.index],
        "layer": [str(layer) for layer in frame["layer"]],
        "kind": [str(kind) for kind in frame["kind"]],
        "zh": _names(frame, "name_zh", "name_en"),
        "en": _names(frame, "name_en", "name_zh"),
        "zoneIds": list(content.features.index[content.features["layer"] == Layer.ZONES]),
        "plausible": [int(flag) for flag in frame["plausible"]],
        "sign": [str(sign) for sign in frame["sign"]],
        "geometry": [_geojson(shape) for shape in shapes],
        "anchor": anchors(shapes).tolist() if len(shapes) else [],
    }


def _names(frame: gpd.GeoDataFrame, first: str, other: str) -> list[str]:
    """Return names, by that of the other language and at last by id where one is missing."""
    return [
        str(name or second or key) for key, name, second in zip(frame.index, frame[first], frame[other], strict=True)
    ]


def _context(content: MapContent) -> dict[str, Any]:
    return {
        "kind": [str(kind) for kind in content.context["kind"]],
        "geometry": [_geojson(shape) for shape in _rounded(content.context.geometry.array)],
    }


def _rounded(geometries: Any) -> Any:  # noqa: ANN401  arrays of geometries have no type of their own
    shapes = np.asarray(geometries, dtype=object)
    return shapely.transform(shapes, lambda points: np.round(points, DIGITS))


def _geojson(shape: Any) -> Any:  # noqa: ANN401  likewise
    return shapely.geometry.mapping(shape)


def _header(sheet: Sheet) -> str:
    notice = f'<span class="notice">{escape(sheet.notice)}</span>' if sheet.notice else ""
    figures = "".join(
        f"<span>{_image(light_swatch(one.light, 'light')) if one.light else ''} "
        f'<b>{escape(one.number)}</b> <span class="soft">{escape(one.label)}</span></span>'
        for one in sheet.figures
    )
    return (
        f"<header>{notice}<h1>{escape(sheet.title)}</h1>"
        f'<div class="soft">{escape(sheet.filters)} · {escape(sheet.as_of)}</div>'
        f'<div class="figures">{figures}</div></header>'
    )


def _legend(drawn: Drawn, lang: Any) -> str:  # noqa: ANN401  geo.model.status.Lang
    lights, others = entries(drawn, lang)
    rows = [(light_swatch(Light(one.id.partition(":")[2]), "light"), f"{one.name} {one.count}") for one in lights]
    kinds = [one for one in others if one.id.startswith("kind:")]
    rows += [(kind_swatch(Kind(one.id.partition(":")[2]), "light"), one.name) for one in kinds]
    items = "".join(f"<li>{_image(svg)}{escape(name)}</li>" for svg, name in rows)
    return f'<h2>{escape(LEGEND.get(lang))}</h2><ul class="legend">{items}</ul>'


def _late(sheet: Sheet) -> str:
    lang = sheet.content.lang
    items = "".join(
        f'<li><b>{escape(row.how_late)}</b>{escape(row.what)}<div class="soft">{escape(row.who)}</div></li>'
        for row in sheet.late
    )
    return (
        f'<h2>{escape(LATE.get(lang))} {len(sheet.late)}</h2><ul class="late">{items or escape(NO_LATE.get(lang))}</ul>'
    )


def _image(svg: str) -> str:
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'


def _variables() -> str:
    inks = "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in PALETTES["light"].items())
    return f"{inks}--late:{light_colour(Light.RED, 'light')};"
