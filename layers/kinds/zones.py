"""Draw the key zones: a light fill, a dashed edge and a large name."""

from geo.model.kinds import Layer
from layers.kinds.spec import LayerSpec, Stroke

ZONES = LayerSpec(
    layer=Layer.ZONES,
    strokes={"zone": (Stroke("zone", 1.6, (7, 5), phase=0, grows=False),)},
    label_zoom={"zone": 11},
    label_rank={"zone": 0},
)
