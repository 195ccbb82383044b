"""Basemaps are data: off unless chosen, each with its datum, and keys stay with the operator."""

from __future__ import annotations

from geo.space.crs import Datum
from layers.screen.map import BASEMAPS, offered, tile_options


def test_ids_are_unique() -> None:
    assert len({basemap.id for basemap in BASEMAPS}) == len(BASEMAPS)


def test_gaode_is_gcj02_and_osm_is_wgs84() -> None:
    datums = {basemap.id: basemap.datum for basemap in BASEMAPS}
    assert datums["gaode"] is Datum.GCJ02
    assert datums["osm"] is Datum.WGS84


def test_a_basemap_that_needs_a_key_is_offered_only_with_one() -> None:
    assert "tianditu" not in {basemap.id for basemap in offered("")}
    assert "tianditu" in {basemap.id for basemap in offered("secret")}


def test_the_key_goes_into_the_address() -> None:
    tianditu = next(basemap for basemap in BASEMAPS if basemap.needs_key)
    assert str(tile_options(tianditu, "secret")["url"]).endswith("tk=secret")
