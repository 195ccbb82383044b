"""Check a position before anything is measured from it, and say what to do where it cannot be used.

A device, a link or a hand may give numbers that are no place at all, (0, 0) of a receiver without a fix, latitude
before longitude, or a place in another city. None of these ends in a list that looks right and is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pyproj import Geod

from geo.model.campaign import Extent
from geo.model.errors import OneMapError
from locales import Label, Text

FAR_M: Final = 20_000.0
"""From here on a position outside the campaign's extent is taken for a mistake, not for somebody on the way."""

VAGUE_M: Final = 5_000.0
"""From this accuracy on the device knows the city, not the street."""

ZERO_DEGREES: Final = 0.01
"""As near to (0, 0) as this, in the Gulf of Guinea, a position stands for "unknown"."""

_LON_MAX: Final = 180.0
_LAT_MAX: Final = 90.0
_GEOD: Final = Geod(ellps="GRS80")


class PositionKind(StrEnum):
    """What is the matter with a position, or why there is none."""

    NOT_A_NUMBER = "not_a_number"
    SWAPPED = "swapped"
    OUT_OF_RANGE = "out_of_range"
    ZERO = "zero"
    FAR = "far"
    VAGUE = "vague"
    DENIED = "denied"
    UNAVAILABLE = "unavailable"
    TIMEOUT = "timeout"
    INSECURE = "insecure"


POSITION_TEXTS: Final[Mapping[PositionKind, Text]] = MappingProxyType(
    {
        PositionKind.NOT_A_NUMBER: Text("The position is not a number. Locate again, or tap your place on the map."),
        PositionKind.SWAPPED: Text(
            "Longitude and latitude seem to be swapped: {lon} looks like a latitude, {lat} like a longitude. Give "
            "the longitude first, or tap your place on the map."
        ),
        PositionKind.OUT_OF_RANGE: Text(
            "Longitude {lon}, latitude {lat} is nowhere on Earth (longitude -180 to 180, latitude -90 to 90). "
            "Correct it, or tap your place on the map."
        ),
        PositionKind.ZERO: Text(
            "The device answered (0, 0), which means that it has no fix yet. Go into the open and locate again, "
            "or tap your place on the map."
        ),
        PositionKind.FAR: Text(
            "This position is about {km} km from the area. Check the datum and the numbers, or tap your place on "
            "the map or choose a landmark."
        ),
        PositionKind.VAGUE: Text(
            "The position is only good to {km} km, so the order means little. Turn on precise location and try "
            "again, or tap your place on the map."
        ),
        PositionKind.DENIED: Text(
            "The browser may not use your location. Allow it for this site in the settings of the browser or "
            "phone, or tap your place on the map."
        ),
        PositionKind.UNAVAILABLE: Text(
            "The device cannot find its location. Go into the open and try again, or tap your place on the map."
        ),
        PositionKind.TIMEOUT: Text("Locating took too long. Try again, or tap your place on the map."),
        PositionKind.INSECURE: Text(
            "Browsers give a location only over HTTPS or on localhost. Open this page with https://, or tap your "
            "place on the map."
        ),
    },
)


@dataclass(frozen=True, slots=True)
class PositionProblem:
    """Say what is the matter with a position.

    `blocks` where nothing may be measured from it; else it is a remark beside the list. `corrected` is the place in
    longitude and latitude that was probably meant, where that can be told.
    """

    kind: PositionKind
    text: Label
    blocks: bool = True
    corrected: tuple[float, float] | None = None


class PositionError(OneMapError, ValueError):
    """Say that nothing can be measured from a position.

    OneMapError
    └── PositionError (ValueError)   a position that is no place, see `PositionProblem`
    """

    def __init__(self, problem: PositionProblem) -> None:
        """Hold the problem."""
        super().__init__(problem.text)
        self.problem = problem


def problem_of(
    kind: PositionKind, *, blocks: bool = True, corrected: tuple[float, float] | None = None, **values: str
) -> PositionProblem:
    """Return the problem of a kind, with values written into its sentence."""
    return PositionProblem(kind, POSITION_TEXTS[kind].fill(**values), blocks, corrected)


def require_place(lon: float, lat: float) -> None:
    """Refuse what is no place on Earth.

    Raises
    ------
    PositionError
        The position is not finite, or out of range.
    """
    problem = _no_number(lon, lat) or _out_of_range(lon, lat)
    if problem:
        raise PositionError(problem)


def check_position(
    lon: float, lat: float, *, extent: Extent, accuracy_m: float | None = None
) -> PositionProblem | None:
    """Return what is the matter with a position, the gravest thing first; None where it can be used as it is.

    Parameters
    ----------
    lon, lat
        WGS-84 degrees, as they came.
    extent
        Extent of the campaign.
    accuracy_m
        Radius of the circle in which the device believes to be, as browsers give it; None where it is not known.
    """
    return (
        _no_number(lon, lat)
        or _swapped(lon, lat, extent)
        or _out_of_range(lon, lat)
        or (problem_of(PositionKind.ZERO) if max(abs(lon), abs(lat)) <= ZERO_DEGREES else None)
        or _far(lon, lat, extent)
        or _vague(accuracy_m)
    )


def outside_m(lon: float, lat: float, extent: Extent) -> float:
    """Return the distance in metres from a position to an extent, 0 inside; geodesic to its nearest corner or edge."""
    west, south, east, north = extent
    near_lon, near_lat = min(max(lon, west), east), min(max(lat, south), north)
    if (near_lon, near_lat) == (lon, lat):
        return 0.0
    return float(_GEOD.inv(lon, lat, near_lon, near_lat)[2])


def _no_number(lon: float, lat: float) -> PositionProblem | None:
    return None if math.isfinite(lon) and math.isfinite(lat) else problem_of(PositionKind.NOT_A_NUMBER)


def _swapped(lon: float, lat: float, extent: Extent) -> PositionProblem | None:
    west, south, east, north = extent
    if abs(lon) > _LAT_MAX or not (west <= lat <= east and south <= lon <= north):
        return None
    return problem_of(PositionKind.SWAPPED, corrected=(lat, lon), lon=_written(lon), lat=_written(lat))


def _out_of_range(lon: float, lat: float) -> PositionProblem | None:
    if abs(lon) <= _LON_MAX and abs(lat) <= _LAT_MAX:
        return None
    return problem_of(PositionKind.OUT_OF_RANGE, lon=_written(lon), lat=_written(lat))


def _far(lon: float, lat: float, extent: Extent) -> PositionProblem | None:
    away = outside_m(lon, lat, extent)
    return None if away <= FAR_M else problem_of(PositionKind.FAR, km=f"{away / 1000:,.0f}")


def _vague(accuracy_m: float | None) -> PositionProblem | None:
    if accuracy_m is None or accuracy_m <= VAGUE_M:
        return None
    known = f"{accuracy_m / 1000:,.0f}" if math.isfinite(accuracy_m) else "?"
    return problem_of(PositionKind.VAGUE, blocks=False, km=known)


def _written(degrees: float) -> str:
    return f"{degrees:.5f}".rstrip("0").rstrip(".")
