"""Say what stands on a sheet: the map's features and every word around it, with nothing left to look up."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.model.campaign import Extent
from geo.model.status import Lang, Light
from layers.paper.page import Paper


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """Hold what the map draws.

    Parameters
    ----------
    features
        Features as `geo.model.campaign` describes them, with `light`, of which `shown` are drawn.
    context
        The background: kind, geometry (EPSG:4326).
    shown
        Which features are drawn, aligned with them.
    extent
        What must be seen; `home` is the campaign's whole area, for the inset.
    near
        Rectangle that the extent may not be unreasonably far from.
    metric_crs
        CRS in which the map is drawn.
    selected
        Id of the feature that is emphasised, or empty.
    """

    features: gpd.GeoDataFrame
    context: gpd.GeoDataFrame
    shown: NDArray[np.bool_]
    extent: Extent
    home: Extent
    near: Extent
    metric_crs: str
    attribution: str
    lang: Lang
    selected: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """Hold one key figure: its number, what it counts, and the light that it belongs to."""

    number: str
    label: str
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class LateRow:
    """Hold one row of the table of what is late: what, who answers, how late."""

    what: str
    who: str
    how_late: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Hold one page.

    Parameters
    ----------
    title, filters
        Title, and what is filtered, in words.
    as_of
        The instant whose state is shown, in words.
    notice
        “Sample data”, “drill” or nothing.
    figures
        Key figures, for one line.
    late
        Everything late, the most urgent first; the page shows as many as it has room for and says how many more.
    notes
        Lines of small print: CRS, data version, who exported and when. The scale and the page are added by the page.
    url
        Reopens the view; becomes a QR code. Empty: no code.
    page
        Number of the page and of all pages.
    """

    content: MapContent
    paper: Paper
    title: str
    filters: str
    as_of: str
    notice: str
    figures: tuple[KeyFigure, ...]
    late: tuple[LateRow, ...]
    notes: tuple[str, ...]
    url: str
    page: tuple[int, int] = (1, 1)
