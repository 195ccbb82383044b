"""Draw the board: one style, many renderers. The order of LAYERS is the order of drawing."""

from layers.kinds.corridors import CORRIDORS
from layers.kinds.nodes import NODES
from layers.kinds.spec import LayerSpec
from layers.kinds.zones import ZONES

LAYERS: tuple[LayerSpec, ...] = (ZONES, CORRIDORS, NODES)

__all__ = ["LAYERS"]
