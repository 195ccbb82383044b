"""Say distances, directions and walking times in words of both languages."""

from __future__ import annotations

import math
from typing import Final

from geo.model.status import Label

WALKING_M_PER_S: Final = 1.2
"""Design value of the Manual on Uniform Traffic Control Devices; Rastogi et al. (J. Transp. Eng. 137(10), 2011)
measured 71 m a minute on pavements, which is the same. It is walked along the straight line: real ways are longer."""

COMPASS: Final = (
    Label("北", "north"),
    Label("东北", "north-east"),
    Label("东", "east"),
    Label("东南", "south-east"),
    Label("南", "south"),
    Label("西南", "south-west"),
    Label("西", "west"),
    Label("西北", "north-west"),
)
"""Eight directions clockwise from north, 45 degrees each; a boundary belongs to the one that follows."""

HERE: Final = Label("此处", "here")

_SECTOR: Final = 360.0 / len(COMPASS)
_KM: Final = 1000.0
_ROUND_M: Final = 10.0


def direction(bearing: float) -> Label:
    """Return the word of a bearing in degrees clockwise from north; "here" for NaN, where there is no direction."""
    if math.isnan(bearing):
        return HERE
    return COMPASS[int((bearing + _SECTOR / 2) // _SECTOR) % len(COMPASS)]


def walking_minutes(distance_m: float) -> int:
    """Return the whole minutes that a distance takes on foot, rounded up; 0 only where there is none to walk."""
    return math.ceil(round(distance_m / WALKING_M_PER_S / 60.0, 9))


def distance_text(distance_m: float) -> Label:
    """Return a distance as it is said: to the metre below 10 m, to 10 m below 1 km, to 0.1 km beyond."""
    if distance_m < _ROUND_M:
        return Label(f"{distance_m:.0f} 米", f"{distance_m:.0f} m")
    metres = round(distance_m / _ROUND_M) * _ROUND_M
    if metres < _KM:
        return Label(f"{metres:.0f} 米", f"{metres:.0f} m")
    return Label(f"{distance_m / _KM:,.1f} 公里", f"{distance_m / _KM:,.1f} km")


def nearness_text(distance_m: float, bearing: float, accuracy_m: float | None = None) -> Label:
    """Return how to get there in one line; where the accuracy of the position hides the way, that is said instead."""
    if distance_m == 0:
        return Label("就在此处", "You are there")
    if accuracy_m is not None and distance_m <= accuracy_m:
        known = distance_text(accuracy_m)
        return Label(
            f"就在附近（定位误差 {known.zh} 以内）", f"Near by, within the {known.en} that your position is good to"
        )
    far, where, minutes = distance_text(distance_m), direction(bearing), walking_minutes(distance_m)
    return Label(f"{where.zh} {far.zh}，步行约 {minutes} 分钟", f"{far.en} {where.en}, about {minutes} min on foot")
