"""Write the round sheet: one A4 page with the map of the stops in their order and a list to tick, as PDF.

The same input gives the same bytes: the file carries no time of its making.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.model.campaign import Campaign
from geo.model.status import LIGHT_LABELS, LIGHT_ORDER, Light
from geo.space.crs import to_metric
from geo.space.rank import WALKING_M_PER_S, distance_text, walking_minutes
from layers.paper.round import STOPS_MOST, RoundPage, SheetStop, draw_round
from locales import Language, Text

__all__ = ["STOPS_MOST", "RoundContent", "RoundStop", "round_sheet"]

CONTEXT_ORDER: Final = ("airport", "water", "building", "river", "runway", "street", "metro")
DRAWN_LIGHTS: Final = tuple(reversed(LIGHT_ORDER))
"""What is late is drawn last."""

_TITLE: Final = Text("Round sheet")
_START: Final = Text("Start")
_NOTICE: Final = Text("Sample data")
_DRILL: Final = Text("DRILL", context="round sheet")
_WITH_BACK: Final = Text("{total}; back to the start {leg}")
_TOTAL: Final = Text(
    "{stops} stops, {total} in straight lines, about {minutes} min on foot at {speed} m/s; real ways are longer"
)
_DATE: Final = Text("As of {day}")
_LIGHTS: Final = Text("Lights: ")
_SCALE: Final = Text("Scale and scale bar hold when the page is printed at 100 %.")
_VERSION: Final = Text("data version {version}")
_METRE: Final = Text("m")


@dataclass(frozen=True, slots=True)
class RoundStop:
    """Hold one stop in WGS-84 degrees, with texts in the language of the sheet and the metres from the one before."""

    lon: float
    lat: float
    name: str
    note: str
    light: Light
    leg_m: float


@dataclass(frozen=True, slots=True, eq=False)
class RoundContent:
    """Hold what the sheet says.

    `start` is longitude and latitude; `total_m` includes the way back where there is one; `features` need `light` and
    `geometry`, `context` `kind` and `geometry`; `version` is that of the data.
    """

    campaign: Campaign
    lang: Language
    day: date
    start: tuple[float, float]
    stops: tuple[RoundStop, ...]
    total_m: float
    back: bool
    features: gpd.GeoDataFrame
    context: gpd.GeoDataFrame
    version: str
    drill: bool = False


def round_sheet(content: RoundContent) -> bytes:
    """Return the sheet as PDF.

    Raises
    ------
    ValueError
        There are more stops than `STOPS_MOST`.
    """
    figure = draw_round(_page(content))
    buffer = io.BytesIO()
    title = f"{_TITLE.get(content.lang)} {content.campaign.short.get(content.lang)} {content.day.isoformat()}"
    figure.savefig(buffer, format="pdf", metadata={"Title": title, "CreationDate": None})
    return buffer.getvalue()


def _page(content: RoundContent) -> RoundPage:
    lang, campaign = content.lang, content.campaign
    crs = campaign.metric_crs
    start_x, start_y = to_metric(*content.start, metric_crs=crs)
    return RoundPage(
        title=f"{_TITLE.get(lang)} · {campaign.short.get(lang)}",
        facts=_facts(content),
        notice=_notice(content),
        footer=(_SCALE.get(lang), f"{campaign.attribution.get(lang)} · {_version(content)}"),
        start=(float(start_x), float(start_y)),
        start_name=_START.get(lang),
        stops=tuple(_stop(stop, lang, crs) for stop in content.stops),
        back=content.back,
        context=_by(content.context, "kind", CONTEXT_ORDER, crs),
        features=tuple((Light(key), shapes) for key, shapes in _by(_lines(content), "light", DRAWN_LIGHTS, crs)),
        metre=_METRE.get(lang),
    )


def _facts(content: RoundContent) -> tuple[str, ...]:
    lang = content.lang
    total = _TOTAL.get(lang).format(
        stops=len(content.stops),
        total=distance_text(content.total_m).get(lang),
        minutes=walking_minutes(content.total_m),
        speed=WALKING_M_PER_S,
    )
    if content.back:
        leg = content.total_m - sum(stop.leg_m for stop in content.stops)
        total = _WITH_BACK.get(lang).format(total=total, leg=distance_text(leg).get(lang))
    day = _DATE.get(lang).format(day=content.day.isoformat())
    marks = {Light.RED: "◆", Light.YELLOW: "▲", Light.GREEN: "●", Light.DONE: "■", Light.NONE: "○"}
    lights = "  ".join(f"{mark} {LIGHT_LABELS[light].get(lang)}" for light, mark in marks.items())
    notice = _notice(content)
    return f"{day} · {notice}" if notice else day, total, _LIGHTS.get(lang) + lights


def _notice(content: RoundContent) -> str:
    labels = (_DRILL,) * content.drill + (_NOTICE,) * content.campaign.sample
    return " · ".join(label.get(content.lang) for label in labels)


def _version(content: RoundContent) -> str:
    return _VERSION.get(content.lang).format(version=content.version)


def _stop(stop: RoundStop, lang: Language, crs: str) -> SheetStop:
    x, y = to_metric(stop.lon, stop.lat, metric_crs=crs)
    return SheetStop(float(x), float(y), stop.name, stop.note, stop.light, distance_text(stop.leg_m).get(lang))


def _lines(content: RoundContent) -> gpd.GeoDataFrame:
    """Return what is drawn of the features: lines and areas, but no zones, which would cover the page."""
    features = content.features
    return features[(features["layer"] != "zones") & (features.geom_type != "Point")]


def _by(
    frame: gpd.GeoDataFrame, column: str, order: Sequence[str], crs: str
) -> tuple[tuple[str, NDArray[np.object_]], ...]:
    """Return the geometries of each value of a column in metres, in the order of the values."""

    def flat(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_metric(points[:, 0], points[:, 1], metric_crs=crs))

    shapes = np.asarray(shapely.transform(np.asarray(frame.geometry.array, dtype=object), flat), dtype=object)
    values = frame[column].astype(str).to_numpy()
    return tuple((str(value), shapes[values == str(value)]) for value in order)
