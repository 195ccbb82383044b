"""Draw the node projects: a symbol by kind with a sign inside, filled with the light; lines and areas where known."""

from dataclasses import dataclass

from geo.model.kinds import Layer, NodeKind
from geo.model.status import Label
from layers.kinds.spec import LayerSpec, Stroke

_WALK = (Stroke("casing", 6.4, phase=0), Stroke("light", 4.2), Stroke("deck", 1.2, (3, 3), grows=False))
_AREA = (Stroke("light", 1.4, phase=0, grows=False),)

NODES = LayerSpec(
    layer=Layer.NODES,
    strokes=dict.fromkeys(NodeKind, _AREA) | {NodeKind.WALKWAY: _WALK, NodeKind.FOOTBRIDGE: _WALK},
    label_zoom=dict.fromkeys(NodeKind, 15)
    | {NodeKind.FOOTBRIDGE: 16, NodeKind.TERMINAL: 13, NodeKind.RAILWAY_STATION: 13, NodeKind.BUILDING: 13},
    label_rank=dict.fromkeys(NodeKind, 12)
    | {NodeKind.TERMINAL: 10, NodeKind.RAILWAY_STATION: 10, NodeKind.BUILDING: 10, NodeKind.FOOTBRIDGE: 14},
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Describe the symbol of a node kind.

    Parameters
    ----------
    outline
        A polygon in units of the symbol's radius, y downwards; empty for a circle.
    sign
        What stands inside; a node's own ``sign`` goes before it.
    rank
        Which symbol stays where two would cover each other: low ranks stay.
    """

    outline: tuple[tuple[float, float], ...]
    sign: Label
    rank: int = 5


_SQUARE = ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))
_PILL = ((-1.45, -0.75), (1.45, -0.75), (1.45, 0.75), (-1.45, 0.75))
_DIAMOND = ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0))
_HEXAGON = ((-0.55, -1.0), (0.55, -1.0), (1.1, 0.0), (0.55, 1.0), (-0.55, 1.0), (-1.1, 0.0))
_PENTAGON = ((0.0, -1.2), (1.1, -0.35), (0.75, 0.95), (-0.75, 0.95), (-1.1, -0.35))

SYMBOLS: dict[str, Symbol] = {
    NodeKind.TERMINAL: Symbol(_DIAMOND, Label("航", "✈"), 0),
    NodeKind.RAILWAY_STATION: Symbol((), Label("站", "R"), 0),
    NodeKind.BUILDING: Symbol(_PENTAGON, Label("展", "E"), 1),
    NodeKind.PLATFORM: Symbol(_HEXAGON, Label("台", "D"), 2),
    NodeKind.PARKING: Symbol(_SQUARE, Label("P", "P"), 3),
    NodeKind.METRO_STATION: Symbol((), Label("M", "M"), 3),
    NodeKind.BUS_HUB: Symbol((), Label("B", "B"), 4),
    NodeKind.WALKWAY: Symbol(_PILL, Label("廊", "W"), 4),
    NodeKind.FOOTBRIDGE: Symbol(_PILL, Label("桥", "F"), 4),
    NodeKind.VVIP: Symbol(_HEXAGON, Label("V", "V"), 5),
}
