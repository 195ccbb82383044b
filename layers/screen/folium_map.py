"""Describe the interactive map with folium: the map, its controls and one empty GeoJson per layer.

The page executes the rendered script once and fills the layers from the features payload, so that neither a
filter nor a date builds the map anew. Nothing in the script comes from the data: text reaches the browser as JSON only.
"""

from __future__ import annotations

import folium
from branca.element import Figure

from geo.model.campaign import Campaign
from geo.model.kinds import Layer

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
