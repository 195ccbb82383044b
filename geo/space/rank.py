"""Put features in order by nearness, by urgency, or by both, and explain each place in one line.

- By nearness: distance, then place in the frame.
- By urgency: light (worst first), days left (fewest first, without a due date last), distance, place in the frame.
- By both: the walk in minutes less the minutes that the project is worth, then distance, then place. A late or blocked
  project is worth a walk of 20 minutes and one more for each day that it is late, at most 10; one that is due soon 10
  minutes; one on plan 2; one not started 1; a finished one is worth 30 minutes less than nothing. So a red project is
  visited before a green one unless it lies more than some 18 minutes, about 1.3 km, farther off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.model.status import LIGHT_LABELS, Light
from geo.tasks.lights import ranks_of
from locales import Label, Text, joined

WALKING_M_PER_S: Final = 1.2
"""Design value of the Manual on Uniform Traffic Control Devices; Rastogi et al. (J. Transp. Eng. 137(10), 2011)
measured 71 m a minute on pavements, which is the same. It is walked along the straight line: real ways are longer."""

COMPASS: Final = (
    Text("north"),
    Text("north-east"),
    Text("east"),
    Text("south-east"),
    Text("south"),
    Text("south-west"),
    Text("west"),
    Text("north-west"),
)
"""Eight directions clockwise from north, 45 degrees each; a boundary belongs to the one that follows."""

HERE: Final = Text("here")

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
        return Text("{distance_m:.0f} m", distance_m=distance_m)
    metres = round(distance_m / _ROUND_M) * _ROUND_M
    if metres < _KM:
        return Text("{metres:.0f} m", metres=metres)
    return Text("{distance_km:,.1f} km", distance_km=distance_m / _KM)


def nearness_text(distance_m: float, bearing: float, accuracy_m: float | None = None) -> Label:
    """Return how to get there in one line; where the accuracy of the position hides the way, that is said instead."""
    if distance_m == 0:
        return Text("You are there")
    if accuracy_m is not None and distance_m <= accuracy_m:
        known = distance_text(accuracy_m)
        return Text("Near by, within the {known} that your position is good to", known=known)
    far, where, minutes = distance_text(distance_m), direction(bearing), walking_minutes(distance_m)
    return Text("{far} {where}, about {minutes} min on foot", far=far, where=where, minutes=minutes)


LATE_DAYS_MOST: Final = 10.0


class RankBy(StrEnum):
    """What a list of near projects is ordered by."""

    NEARNESS = "nearness"
    URGENCY = "urgency"
    BOTH = "both"


RANK_LABELS: Final[Mapping[RankBy, Label]] = MappingProxyType(
    {
        RankBy.NEARNESS: Text("Nearest"),
        RankBy.URGENCY: Text("Most urgent"),
        RankBy.BOTH: Text("Near and urgent"),
    },
)


@dataclass(frozen=True, slots=True)
class Urgency:
    """Hold why a project is urgent: its light, the days left (None without a due date) and whether it is blocked."""

    light: Light
    days_left: int | None = None
    blocked: bool = False


def worth_minutes(urgency: Urgency) -> float:
    """Return the minutes of walking that a project is worth."""
    late = max(-(urgency.days_left or 0), 0) if urgency.light == Light.RED else 0
    return urgency.light.style.worth_minutes + min(float(late), LATE_DAYS_MOST)


def order(
    by: RankBy,
    *,
    distance_m: NDArray[np.float64],
    place: NDArray[np.intp],
    urgency: Sequence[Urgency],
) -> NDArray[np.intp]:
    """Return the rows in order, best first; a total order, since places are unique.

    Parameters
    ----------
    by
        What to order by, see the head of the module.
    distance_m, place, urgency
        Of each row: distance in metres, place in the frame, and what makes it urgent.
    """
    if by == RankBy.NEARNESS:
        return np.lexsort((place, distance_m))
    if by == RankBy.URGENCY:
        left = np.array([one.days_left for one in urgency], dtype=np.float64)  # NaN where there is none, sorted last
        return np.lexsort((place, distance_m, left, ranks_of(one.light for one in urgency)))
    worth = np.array([worth_minutes(one) for one in urgency], dtype=np.float64)
    return np.lexsort((place, distance_m, distance_m / WALKING_M_PER_S / 60.0 - worth))


def urgency_text(urgency: Urgency) -> Label:
    """Return why a project is urgent, or not, in a few words."""
    if urgency.light == Light.DONE:
        return LIGHT_LABELS[Light.DONE]
    said: list[Label] = [Text("blocked")] if urgency.blocked else []
    if urgency.days_left is not None:
        said.append(_due(urgency.days_left))
    if not said:
        said.append(LIGHT_LABELS[urgency.light])
    return joined(said)


def explain(
    by: RankBy, urgency: Urgency, *, distance_m: float, bearing: float, accuracy_m: float | None = None
) -> Label:
    """Return in one line why a project stands where it stands."""
    near, why = nearness_text(distance_m, bearing, accuracy_m), urgency_text(urgency)
    if by == RankBy.NEARNESS:
        return near
    if by == RankBy.URGENCY:
        return Text("{why:capital}; {near:small}", why=why, near=near)
    minutes = round(worth_minutes(urgency))
    if minutes < LATE_DAYS_MOST:
        return Text("{near}; {why:small}", near=near, why=why)
    return Text("{why:capital}, worth {minutes} min of walking; {near:small}", why=why, minutes=minutes, near=near)


def _due(days_left: int) -> Label:
    if days_left < 0:
        return Text.plural("{n} day late", "{n} days late", -days_left, context="urgency")
    if days_left == 0:
        return Text("due today")
    return Text.plural("due in {n} day", "due in {n} days", days_left)
