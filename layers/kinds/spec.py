"""Describe one drawn layer: what it holds and how it stacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.model.kinds import Layer


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """Say how one layer of features is drawn.

    Parameters
    ----------
    layer
        The layer of the campaign that it draws.
    strokes
        Strokes of each kind, by kind; empty for layers that are filled only.
    label_zoom
        Zoom level from which each kind is named on the map, by kind.
    label_rank
        Order in which labels are placed, by kind; low ranks are placed first.
    """

    layer: Layer
    strokes: Mapping[Any, tuple[Stroke, ...]]
    label_zoom: Mapping[Any, int]
    label_rank: Mapping[Any, int]


@dataclass(frozen=True, slots=True)
class Stroke:
    """Describe one pass of the pen along a line.

    Parameters
    ----------
    ink
        A name in the palette, or ``"light"`` for the colour of the feature's light.
    width_px
        Width at zoom 14, in pixels.
    dash_px
        Dash pattern at zoom 14, in pixels: on, off, …; empty for a solid line.
    phase
        0 is drawn below every stroke of phase 1, whatever the kind: casings below cores.
    grows
        Whether the stroke is widened when the light is loud.
    """

    ink: str
    width_px: float
    dash_px: tuple[float, ...] = ()
    phase: int = 1
    grows: bool = True
