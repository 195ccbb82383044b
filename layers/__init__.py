"""Draw the board: one style, many renderers. The order of LAYERS is the order of drawing."""

from layers.corridors import CORRIDORS
from layers.nodes import NODES
from layers.spec import LayerSpec
from layers.zones import ZONES

LAYERS: tuple[LayerSpec, ...] = (ZONES, CORRIDORS, NODES)

__all__ = ["LAYERS"]
