"""List the online basemaps that may be switched on; all are off by default, since a closed intranet reaches none.

Each declares the datum of its tiles; features are shifted to it for drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.space.crs import Datum
from locales import Label, Text

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
