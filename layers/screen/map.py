"""Describe the interactive map with folium: the map, its controls, one empty GeoJson per layer, and the basemaps.

The page executes the rendered script once and fills the layers from the features payload, so that neither a
filter nor a date builds the map anew. Nothing in the script comes from the data: text reaches the browser as JSON only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import folium
from branca.element import Figure

from geo.model.campaign import Campaign
from geo.model.kinds import Layer
from geo.space.crs import Datum
from locales import Label, Text

MAP_ID = "onemap"
MIN_ZOOM, MAX_ZOOM = 11, 18
REACH_PX = 11
"""Radius around a node in which it can be clicked."""

_EMPTY = {"type": "FeatureCollection", "features": []}


def build_map(campaign: Campaign) -> folium.Map:
    """The interactive map of a campaign, without a single feature and without tiles.

    Parameters
    ----------
    campaign
        Gives the extent that may be panned to and what is seen first.

    Returns
    -------
    folium.Map
        With the fixed name ``map_onemap`` and one layer ``geo_json_{layer}`` per `Layer`.
    """
    west, south, east, north = campaign.view
    described = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=14,
        tiles=None,
        control_scale=False,
        zoom_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
        prefer_canvas=True,
    )
    described._id = MAP_ID  # noqa: SLF001 - branca offers no other way to a stable variable name
    for each in Layer:
        layer = folium.GeoJson(_EMPTY, name=each, marker=folium.CircleMarker(radius=REACH_PX))
        layer._id = str(each)  # noqa: SLF001 - as above
        layer.add_to(described)
    described.options |= {"minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM}
    described.fit_bounds(((south, west), (north, east)))
    return described


def map_script(campaign: Campaign) -> str:
    """The JavaScript that folium renders for the map; it needs Leaflet and an element with the id ``map_onemap``.

    Returns
    -------
    str
        Script text that ends in an object with ``map`` and ``layers``, to be run as the body of a function.
    """
    page = Figure()
    page.add_child(build_map(campaign))
    page.render()
    layers = ", ".join(f"{each}: geo_json_{each}" for each in Layer)
    return f"{page.script.render()}\nreturn {{map: map_{MAP_ID}, layers: {{{layers}}}}};\n"


_TIANDITU: Final = Text("Tianditu")
_AUTONAVI: Final = Text("AutoNavi")


@dataclass(frozen=True, slots=True)
class Basemap:
    """One source of map tiles.

    Parameters
    ----------
    id
        Name in the URL of the page.
    name
        Name on the screen.
    url
        Template of Leaflet: ``{z}``, ``{x}``, ``{y}``, ``{s}``; ``{key}`` stands for a key of the operator.
    attribution
        Plain text that the provider asks for.
    datum
        Datum of the tiles.
    max_zoom
        Deepest level that the provider serves.
    subdomains
        Letters for ``{s}``.
    needs_key
        Whether the basemap is offered only where a key is configured.
    """

    id: str
    name: Label
    url: str
    attribution: str
    datum: Datum
    max_zoom: int = 18
    subdomains: str = "abc"
    needs_key: bool = False


BASEMAPS: tuple[Basemap, ...] = (
    Basemap(
        "osm",
        Text("OpenStreetMap"),
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors",
        Datum.WGS84,
        19,
    ),
    Basemap(
        "tianditu",
        Text("Tianditu"),
        "https://t{s}.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
        "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}",
        f"© {_TIANDITU.zh} Tianditu",
        Datum.CGCS2000,
        18,
        "01234567",
        needs_key=True,
    ),
    Basemap(
        "gaode",
        Text("Gaode (AMap)"),
        "https://webrd0{s}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}",
        f"© {_AUTONAVI.zh} AutoNavi",
        Datum.GCJ02,
        18,
        "1234",
    ),
    Basemap(
        "esri",
        Text("Esri imagery"),
        "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
        "Esri, Maxar, Earthstar Geographics",
        Datum.WGS84,
        18,
    ),
)
"""All are off by default, since a closed intranet reaches none; features are shifted to the datum of the one shown."""


def offered(tianditu_key: str) -> tuple[Basemap, ...]:
    """Basemaps that can be switched on with the keys at hand."""
    return tuple(basemap for basemap in BASEMAPS if tianditu_key or not basemap.needs_key)


def tile_options(basemap: Basemap, key: str) -> dict[str, str | int]:
    """What a Leaflet tile layer needs to show the basemap."""
    return {
        "id": basemap.id,
        "url": basemap.url.replace("{key}", key),
        "attribution": basemap.attribution,
        "maxZoom": basemap.max_zoom,
        "subdomains": basemap.subdomains,
    }
