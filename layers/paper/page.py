"""List the sheets that a view is put on: paper, and screens as a slide of one size with so many dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from geo.model.campaign import Extent
from geo.model.status import Light
from locales import Language, Text

LEGEND: Final = Text("Legend")
COUNTED: Final = Text("features")
LATE: Final = Text("Late or blocked")
NO_LATE: Final = Text("No task is late or blocked.")
LATE_COLUMNS: Final = (Text("Task"), Text("Who answers", context="sheet"), Text("How late"))

MM_PER_INCH: Final = 25.4
MM_PER_PT: Final = MM_PER_INCH / 72
SCALES: Final = (
    *(1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 7_500),
    *(10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000, 75_000),
    *(100_000, 150_000, 200_000, 250_000, 300_000, 400_000, 500_000, 750_000),
    *(1_000_000, 2_000_000, 5_000_000, 10_000_000),
)
"""Denominators of scales that a ruler can be laid on."""


@dataclass(frozen=True, slots=True)
class Box:
    """Hold a rectangle on the sheet in millimetres from its upper left corner, y downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Paper:
    """Describe one sheet.

    Parameters
    ----------
    id
        Name in commands and addresses.
    pixels
        Width and height of its picture.
    dpi
        Dots per inch of its picture; with the pixels it gives the size in millimetres.
    em_pt
        Size of running text; everything else on the sheet follows it.
    """

    id: str
    pixels: tuple[int, int]
    dpi: int
    em_pt: float

    @property
    def width_mm(self) -> float:
        """Width of the sheet."""
        return self.pixels[0] / self.dpi * MM_PER_INCH

    @property
    def height_mm(self) -> float:
        """Height of the sheet."""
        return self.pixels[1] / self.dpi * MM_PER_INCH

    @property
    def inches(self) -> tuple[float, float]:
        """Size of its figure; a thousandth of a dot more, since matplotlib cuts fractions of a dot off."""
        return (self.pixels[0] + 1e-3) / self.dpi, (self.pixels[1] + 1e-3) / self.dpi

    @property
    def is_screen(self) -> bool:
        """Whether it is looked at on a screen: a slide."""
        return self.id not in PRINTED

    @property
    def printed_name(self) -> str:
        """Size to which its scale refers: a name of paper, or a width."""
        return self.id.partition("-")[0] if not self.is_screen else f"{self.width_mm:.0f} mm"

    @property
    def portrait(self) -> bool:
        """Whether it stands upright."""
        return self.pixels[1] > self.pixels[0]

    @property
    def em(self) -> float:
        """Size of running text in millimetres: the unit of every distance on the sheet."""
        return self.em_pt * MM_PER_PT


PRINTED: Final = ("A3", "A4", "A3-portrait", "A4-portrait")
PAPERS: Final = (
    Paper("A3", (4961, 3508), 300, 9.0),
    Paper("A4", (3508, 2480), 300, 6.8),
    Paper("A3-portrait", (3508, 4961), 300, 9.0),
    Paper("A4-portrait", (2480, 3508), 300, 6.8),
    Paper("1920x1080", (1920, 1080), 144, 8.4),
    Paper("3840x2160", (3840, 2160), 288, 8.4),
)
"""The two screens are one slide of 13⅓ × 7½ inches, the 16:9 page of presentations, so both show the same."""


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
    lang: Language
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
