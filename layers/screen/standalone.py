"""Write an interactive map as one page that needs nothing else: Leaflet, styles, script and data stand in it.

Text of the data reaches the page as JSON, in which no `<` is left, and enters the document as text nodes, or as
escaped HTML; a policy in the page forbids it to ask any other host.
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

import numpy as np
import shapely
from xstatic.pkg import leaflet

from geo.model.campaign import Campaign
from geo.model.kinds import Layer
from geo.model.status import Light
from layers.kinds.nodes import SYMBOLS
from layers.legend import kind_swatch, light_swatch
from layers.paper.legend import entries
from layers.paper.map import Drawn
from layers.paper.page import LATE, LEGEND, NO_LATE, MapContent, Sheet
from layers.screen.documents import anchors, compact_json
from layers.screen.folium_map import map_script
from layers.style import PALETTES, light_colour, style_table

POLICY: Final = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
DIGITS: Final = 6
_FRONTEND: Final = Path(__file__).parents[2] / "frontend"


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Hold the words of features: what each is, and a line for each of its tasks, by id."""

    about: Mapping[str, str]
    tasks: Mapping[str, Sequence[str]]


def standalone_page(sheet: Sheet, drawn: Drawn, campaign: Campaign, told: PageWords) -> str:
    """HTML of the page.

    Parameters
    ----------
    sheet
        The view, as it is put on paper.
    drawn
        What of it is drawn, for the legend.
    campaign
        Describes the map.
    told
        Words of the features.
    """
    lang = sheet.content.lang
    script = f"function describedMap() {{\n{map_script(campaign)}}}\n{_file('standalone.js')}"
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.title)}</title>\n"
        f"<style>{_leaflet_css()}\n:root {{{_variables()}}}\n{_file('standalone.css')}</style>\n</head>\n<body>\n"
        f"{_header(sheet)}\n"
        f'<div id="map_onemap" role="application" aria-label="{escape(sheet.title)}"></div>\n'
        f"<aside>{_legend(drawn, lang)}{_late(sheet)}</aside>\n"
        f"<footer>{escape(' · '.join((*sheet.notes, sheet.content.attribution)))}</footer>\n"
        f'<script type="application/json" id="onemap-data">{_data(sheet, told)}</script>\n'
        f"<script>{_leaflet_js()}</script>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _data(sheet: Sheet, told: PageWords) -> str:
    """The view as JSON; `<` is written as an escape, so that nothing in it ends the element that it stands in."""
    content = sheet.content
    context = [
        {"kind": str(kind), "geometry": _geojson(shape)}
        for kind, shape in zip(content.context["kind"], _rounded(content.context.geometry.array), strict=True)
    ]
    document = {
        "features": _features(content, told),
        "context": context,
        "extent": list(content.extent),
        "lang": content.lang,
        "attribution": escape(content.attribution),
        "style": style_table(),
    }
    return compact_json(document).replace("<", "\\u003c")


def _features(content: MapContent, told: PageWords) -> list[dict[str, Any]]:
    frame = content.features[content.shown]
    zones = list(content.features.index[content.features["layer"] == Layer.ZONES])
    shapes = _rounded(frame.geometry.array)
    points = anchors(shapes) if len(shapes) else np.empty((0, 2))
    first, other = ("name_zh", "name_en") if content.lang == "zh" else ("name_en", "name_zh")
    columns = (frame[name] for name in (first, other, "layer", "kind", "light", "sign", "plausible"))
    rows = zip(frame.index, *columns, shapes, points.tolist(), strict=True)
    return [
        {
            "id": str(key),
            "layer": str(layer),
            "kind": str(kind),
            "light": str(light),
            "sign": str(sign),
            "name": str(name or second or key),
            "plausible": bool(plausible),
            "zone": zones.index(key) if layer == Layer.ZONES else -1,
            "about": told.about.get(str(key), ""),
            "tasks": list(told.tasks.get(str(key), ())),
            "geometry": _geojson(shape),
            "anchor": point if kind in SYMBOLS or layer == Layer.ZONES else None,
        }
        for key, name, second, layer, kind, light, sign, plausible, shape, point in rows
    ]


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
    rows += [(kind_swatch(one.id.partition(":")[2], "light"), one.name) for one in kinds]
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


@cache
def _file(name: str) -> str:
    return (_FRONTEND / name).read_text("utf-8")


@cache
def _leaflet_js() -> str:
    """Leaflet without the address of its source map, which a browser would ask for."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text("utf-8")
    return re.sub(r"//# sourceMappingURL=\S+", "", text).replace("</script", "<\\/script")


@cache
def _leaflet_css() -> str:
    """Leaflet's styles without its pictures, which nothing here shows."""
    return re.sub(r"url\([^)]*\)", "none", (Path(leaflet.BASE_DIR) / "leaflet.css").read_text("utf-8"))
