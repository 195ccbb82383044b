"""Make links that open a place in the map app of a phone, in the datum that the app expects.

- AMap, GCJ-02: `uri.amap.com/marker?position=lon,lat&coordinate=gaode`
  (lbs.amap.com/api/uri-api/guide/mobile-web/point).
- Baidu, BD-09: `api.map.baidu.com/marker?location=lat,lon&coord_type=bd09ll&output=html`
  (lbsyun.baidu.com/index.php?title=uri/api/web).
- Tencent, GCJ-02: `apis.map.qq.com/uri/v1/marker?marker=coord:lat,lon;title:…;addr:…`
  (lbs.qq.com/uri_v1/guide-poiMarker.html).
- Apple, GCJ-02: `maps.apple.com/?ll=lat,lon&q=name` (Apple URL Scheme Reference, "Map Links").
- Google, GCJ-02: `www.google.com/maps/search/?api=1&query=lat,lon` (developers.google.com/maps/documentation/urls).

AMap and Tencent would also take WGS-84 (`coordinate=wgs84`, `coord_type=1`) and Baidu `coord_type=wgs84`; the place is
converted here all the same, so that what was checked is what is sent.

Apple and Google document no datum. Inside mainland China both draw a road map in GCJ-02, as the law asks of maps
published there, and put the pin of a link at its bare numbers: WGS-84 numbers were reported to stand beside their place
in Apple Maps (github.com/dpa99c/phonegap-launch-navigator, issue 186; openvehicles/Open-Vehicle-iOS, issue 37) and on
Google's road map, whose satellite picture alone is in WGS-84 (gearthblog.com, August 2015, "Chinese street maps
alignment"). So both get GCJ-02. Outside China no datum is shifted, see `geo.space.crs`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from geo.space.crs import Datum, convert
from geo.space.position import require_place
from locales import Label, Text

SOURCE: Final = "onemap"
"""Who asks, as the Chinese providers want to know."""

NAME_MAX: Final = 60
DIGITS: Final = 6
"""About 0.1 m."""

_DELIMITERS: Final = str.maketrans({";": "；", ":": "：", "|": "｜", ",": "，"})
"""Tencent tells the parts of its marker apart by these; in a name they become their full-width forms."""


class MapApp(StrEnum):
    """Map app that a link opens."""

    AMAP = "amap"
    BAIDU = "baidu"
    TENCENT = "tencent"
    APPLE = "apple"
    GOOGLE = "google"


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Hold what an app is called, its datum, and what its address holds."""

    label: Label
    datum: Datum
    address: str
    parameters: Callable[[str, str, str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class MapLink:
    """Hold one link: the app, its name on the screen, the address, and the datum of the coordinates in it."""

    app: MapApp
    label: Label
    url: str
    datum: Datum


def map_link(app: MapApp, lon: float, lat: float, name: str) -> MapLink:
    """Return the link that shows a place in an app.

    Parameters
    ----------
    app
        App to open.
    lon, lat
        Place in WGS-84 degrees.
    name
        Name of the place; any text. It can neither leave its parameter nor add another one.

    Raises
    ------
    PositionError
        The place is not finite, or nowhere on Earth.
    """
    require_place(lon, lat)
    scheme = _SCHEMES[app]
    x, y = (float(one) for one in convert(lon, lat, source=Datum.WGS84, target=scheme.datum))
    parameters = scheme.parameters(f"{x:.{DIGITS}f}", f"{y:.{DIGITS}f}", _plain(name))
    query = urlencode(parameters, quote_via=quote, safe=",", errors="replace")
    return MapLink(app, scheme.label, f"{scheme.address}?{query}", scheme.datum)


def map_links(lon: float, lat: float, name: str) -> tuple[MapLink, ...]:
    """Return the links of all apps, in the order of `MapApp`; raises as `map_link`."""
    return tuple(map_link(app, lon, lat, name) for app in MapApp)


def _plain(name: str) -> str:
    """Return a name in one short line without control characters."""
    kept = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(kept.split())[:NAME_MAX] or "-"


def _amap(lon: str, lat: str, name: str) -> dict[str, str]:
    return {"position": f"{lon},{lat}", "name": name, "src": SOURCE, "coordinate": "gaode", "callnative": "1"}


def _baidu(lon: str, lat: str, name: str) -> dict[str, str]:
    named = {"location": f"{lat},{lon}", "title": name, "content": name}
    return named | {"coord_type": "bd09ll", "output": "html", "src": f"webapp.{SOURCE}.{SOURCE}"}


def _tencent(lon: str, lat: str, name: str) -> dict[str, str]:
    title = name.translate(_DELIMITERS)
    return {"marker": f"coord:{lat},{lon};title:{title};addr:{title}", "coord_type": "2", "referer": SOURCE}


def _apple(lon: str, lat: str, name: str) -> dict[str, str]:
    return {"ll": f"{lat},{lon}", "q": name}


def _google(lon: str, lat: str, _name: str) -> dict[str, str]:
    return {"api": "1", "query": f"{lat},{lon}"}


_SCHEMES: Final = {
    MapApp.AMAP: _Scheme(Text("AMap"), Datum.GCJ02, "https://uri.amap.com/marker", _amap),
    MapApp.BAIDU: _Scheme(Text("Baidu Maps"), Datum.BD09, "https://api.map.baidu.com/marker", _baidu),
    MapApp.TENCENT: _Scheme(Text("Tencent Maps"), Datum.GCJ02, "https://apis.map.qq.com/uri/v1/marker", _tencent),
    MapApp.APPLE: _Scheme(Text("Apple Maps"), Datum.GCJ02, "https://maps.apple.com/", _apple),
    MapApp.GOOGLE: _Scheme(Text("Google Maps"), Datum.GCJ02, "https://www.google.com/maps/search/", _google),
}
