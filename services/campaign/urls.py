"""Name the addresses of what is served beside the pages. Every address carries a hash, so its content never changes."""

from __future__ import annotations

from datetime import date

from geo.space.crs import Datum

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
