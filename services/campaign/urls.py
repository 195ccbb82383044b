"""Address what is served beside the pages; every address carries a hash, so its content never changes."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from geo.model.kinds import Kind
from geo.model.status import LIGHT_ORDER
from geo.space.crs import Datum
from layers.screen.documents import compact_json
from layers.style import RINGS, THEMES, Theme, kind_swatch, light_swatch, ring_swatch, style_table

HASH_CHARACTERS = 12


def digest(*contents: bytes) -> str:
    """Short hash for an address."""
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:HASH_CHARACTERS]


@cache
def style_document() -> bytes:
    """The style table as JSON."""
    return compact_json(style_table()).encode()


@cache
def style_url() -> str:
    """Address of the style table."""
    return STYLE.format(hash=digest(style_document()))


@cache
def leaflet_url() -> str:
    """Address of the folder of the installed Leaflet."""
    return LEAFLET.format(hash=version("XStatic-Leaflet"))


@cache
def frontend_url(folder: Path, name: str) -> str:
    """Address of a front-end module; the hash covers its whole folder, since modules import each other."""
    contents = (path.read_bytes() for path in sorted(folder.glob("*.js")))
    return FRONTEND.format(hash=digest(*contents), name=name)


@cache
def _swatch_hash() -> str:
    lights = [light_swatch(light, theme) for light in LIGHT_ORDER for theme in THEMES]
    kinds = [kind_swatch(kind, theme) for kind in Kind for theme in THEMES]
    rings = [ring_swatch(rung, theme) for rung in RINGS for theme in THEMES]
    return digest(*(text.encode() for text in lights + kinds + rings))


def swatch_url(name: str, theme: Theme) -> str:
    """Address of the swatch ``light-…``, ``kind-…`` or ``ring-…`` on a theme."""
    return SWATCH.format(hash=_swatch_hash(), theme=theme, name=name)


PREFIX = "/onemap"
FRONTEND = PREFIX + "/frontend/{hash}/{name}"
LEAFLET = PREFIX + "/leaflet/{hash}"
STYLE = PREFIX + "/style/{hash}/style.json"
SWATCH = PREFIX + "/swatch/{hash}/{theme}/{name}.svg"
WORDS = PREFIX + "/words/{hash}/{lang}.json"
FEATURES = PREFIX + "/data/{version}/features.{datum}.json"
BOARD = PREFIX + "/data/{version}/board.{day}.json"
VERSION = PREFIX + "/live/version"
WALL = PREFIX + "/live/wall.json"
REPORT = PREFIX + "/report"
SNAPSHOT = PREFIX + "/snapshot"
QUERY_MAX = 24_000
"""Longest query that is read."""
PICTURE = PREFIX + "/guide/{hash}/{name}"
SCRIPT = PREFIX + "/data/{version}/map.js"


def features_url(version: str, datum: Datum) -> str:
    """Address of the features document in a datum."""
    return FEATURES.format(version=version, datum=datum)


def board_url(version: str, day: date) -> str:
    """Address of the board document as of a day."""
    return BOARD.format(version=version, day=day.isoformat())


def script_url(version: str) -> str:
    """Address of the script that folium rendered."""
    return SCRIPT.format(version=version)
