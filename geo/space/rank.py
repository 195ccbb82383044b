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

from geo.model.status import LIGHT_LABELS, Label, Light
from geo.tasks.lights import ranks_of

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


LATE_DAYS_MOST: Final = 10.0


class RankBy(StrEnum):
    """What a list of near projects is ordered by."""

    NEARNESS = "nearness"
    URGENCY = "urgency"
    BOTH = "both"


RANK_LABELS: Final[Mapping[RankBy, Label]] = MappingProxyType(
    {
        RankBy.NEARNESS: Label("最近", "Nearest"),
        RankBy.URGENCY: Label("最急", "Most urgent"),
        RankBy.BOTH: Label("又近又急", "Near and urgent"),
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
        left = np.array([np.inf if one.days_left is None else one.days_left for one in urgency], dtype=np.float64)
        return np.lexsort((place, distance_m, left, ranks_of(one.light for one in urgency)))
    worth = np.array([worth_minutes(one) for one in urgency], dtype=np.float64)
    return np.lexsort((place, distance_m, distance_m / WALKING_M_PER_S / 60.0 - worth))


def urgency_text(urgency: Urgency) -> Label:
    """Return why a project is urgent, or not, in a few words."""
    if urgency.light == Light.DONE:
        return LIGHT_LABELS[Light.DONE]
    said = [Label("受阻", "blocked")] if urgency.blocked else []
    if urgency.days_left is not None:
        said.append(_due(urgency.days_left))
    if not said:
        said.append(LIGHT_LABELS[urgency.light])
    return Label("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def explain(
    by: RankBy, urgency: Urgency, *, distance_m: float, bearing: float, accuracy_m: float | None = None
) -> Label:
    """Return in one line why a project stands where it stands."""
    near, why = nearness_text(distance_m, bearing, accuracy_m), urgency_text(urgency)
    if by == RankBy.NEARNESS:
        return near
    if by == RankBy.URGENCY:
        return Label(f"{why.zh}；{near.zh}", f"{_capital(why.en)}; {_small(near.en)}")
    minutes = round(worth_minutes(urgency))
    if minutes < LATE_DAYS_MOST:
        return Label(f"{near.zh}；{why.zh}", f"{near.en}; {_small(why.en)}")
    return Label(
        f"{why.zh}，值得多走 {minutes} 分钟；{near.zh}",
        f"{_capital(why.en)}, worth {minutes} min of walking; {_small(near.en)}",
    )


def _due(days_left: int) -> Label:
    unit = "day" if abs(days_left) == 1 else "days"
    if days_left < 0:
        return Label(f"超期 {-days_left} 天", f"{-days_left} {unit} late")
    if days_left == 0:
        return Label("今日到期", "due today")
    return Label(f"还有 {days_left} 天到期", f"due in {days_left} {unit}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
