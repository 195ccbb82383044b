"""Say how supervision is drawn around a symbol: one ring whose line tells the rung, the higher the firmer.

Rings have the ink of the text and none of a light: a ring says that somebody is asked, a light how the task stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from geo.model.campaign import Campaign
from geo.model.supervision import Rung, SupervisionEvent
from geo.supervision.ladder import ladders
from geo.tasks.joins import Board


@dataclass(frozen=True, slots=True)
class Ring:
    """Hold the line of a ring: its width, its dashes, and how many circles lie in one another."""

    width_px: float
    dash_px: tuple[float, ...]
    circles: int


RING_GAP_PX: Final = 4.5
RING_RADIUS_PX: Final = 7.0
"""Radius of the ring at the anchor of a line or zone, which has no symbol to go around."""

RINGS: Final[Mapping[Rung, Ring]] = MappingProxyType(
    {
        Rung.REMIND: Ring(1.6, (1.5, 3.0), 1),
        Rung.URGE: Ring(1.8, (5.0, 3.0), 1),
        Rung.SUPERVISE: Ring(2.0, (), 1),
        Rung.CIRCULATE: Ring(2.0, (), 2),
    },
)
"""Dotted, dashed, solid, double; in the order of the ladder, of which the highest of a feature's tasks is drawn."""


def ring_table() -> dict[str, Any]:
    """Return the rings as plain data for a renderer."""
    rings = {str(rung): _plain(ring) for rung, ring in RINGS.items()}
    return {"rungs": rings, "gap": RING_GAP_PX, "radius": RING_RADIUS_PX}


def supervision_column(board: Board, campaign: Campaign, events: Iterable[SupervisionEvent]) -> list[str]:
    """Return the rung of each task's open ladder, empty where none is open, in the order of the board's tasks."""
    found = ladders(events, board.as_of, campaign.tz)
    return [str(found[task].rung or "") if task in found else "" for task in board.tasks.index]


def _plain(ring: Ring) -> dict[str, Any]:
    return {"width": ring.width_px, "dash": ring.dash_px, "circles": ring.circles}
