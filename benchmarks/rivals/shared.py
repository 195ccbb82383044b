"""Give every rival the same layers and filter: the joined board is ready, so that only the drawing is compared."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from benchmarks.core import board_of
from data.campaign.load import Loaded, load_campaign
from geo.model.status import LIGHT_COLOURS, LIGHT_ORDER
from settings import settings

WIDTH_PX, HEIGHT_PX = 1248, 854
"""About the size that our own map has in a window of 1920 × 1080."""
ZOOM = 14
COLUMNS = ["name_zh", "kind", "light", "colour", "geometry"]


@st.cache_resource(show_spinner=False)
def loaded() -> Loaded:
    """The campaign that is shown."""
    return load_campaign(settings().campaign_dir)


@st.cache_resource(show_spinner=False)
def layers() -> gpd.GeoDataFrame:
    """Zones, corridors and nodes with their lights on the demonstration date, and the colour of each light."""
    features = board_of(loaded()).features
    return features.assign(colour=[LIGHT_COLOURS[light].light for light in features["light"]])[COLUMNS]


def middle() -> tuple[float, float]:
    """Latitude and longitude of the middle of what our own map shows first."""
    west, south, east, north = loaded().campaign.view
    return (south + north) / 2, (west + east) / 2


def chosen() -> gpd.GeoDataFrame:
    """Draw the filter, the same widget that our own page has for lights, and return what it leaves."""
    st.set_page_config(layout="wide")
    lights = st.pills(
        "Lights", list(LIGHT_ORDER), selection_mode="multi", default=list(LIGHT_ORDER), key="filter-light"
    )
    frame = layers()
    return frame[frame["light"].isin(lights)]
