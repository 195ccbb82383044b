"""Show the layers with ``st.pydeck_chart``, without a basemap."""

import json

import pydeck
import streamlit as st

from benchmarks.rivals.shared import HEIGHT_PX, WIDTH_PX, ZOOM, chosen, middle

frame = chosen()
rgb = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in frame["colour"]]
layer = pydeck.Layer(
    "GeoJsonLayer",
    json.loads(frame.assign(rgb=rgb).to_json()),
    id="layers",
    get_line_color="properties.rgb",
    get_fill_color="properties.rgb",
    opacity=0.6,
    line_width_min_pixels=3,
    get_point_radius=30,
    pickable=True,
)
latitude, longitude = middle()
view = pydeck.ViewState(latitude=latitude, longitude=longitude, zoom=ZOOM - 1)
st.pydeck_chart(
    pydeck.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{name_zh}"}),
    width=WIDTH_PX,
    height=HEIGHT_PX,
)
