"""Show the layers with plain folium, through streamlit-folium, on a canvas: the quicker of its two ways."""

from typing import Any

import folium
from streamlit_folium import st_folium

from benchmarks.rivals.shared import HEIGHT_PX, WIDTH_PX, ZOOM, chosen, middle


def style(feature: dict[str, Any]) -> dict[str, Any]:
    """Style of a feature in folium's words."""
    return {"color": feature["properties"]["colour"], "weight": 3, "fillOpacity": 0.15}


described = folium.Map(location=middle(), zoom_start=ZOOM, tiles=None, prefer_canvas=True)
folium.GeoJson(
    chosen(),
    style_function=style,
    marker=folium.CircleMarker(radius=6),
    tooltip=folium.GeoJsonTooltip(["name_zh", "kind", "light"]),
).add_to(described)
st_folium(described, key="map", width=WIDTH_PX, height=HEIGHT_PX, returned_objects=[])
