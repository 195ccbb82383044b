"""Draw the corridors: width by rank, rail as rail, water as water, the light as colour.

An elevated road is a pair of edges around a pale deck and lies in the phase of the casings, so that the ground road
below it, whose centreline is nearly the same, stays readable inside the deck.
"""

from geo.model.kinds import CorridorKind, Layer
from layers.kinds.spec import LayerSpec, Stroke

_CASING = "casing"

CORRIDORS = LayerSpec(
    layer=Layer.CORRIDORS,
    strokes={
        CorridorKind.RIVER: (Stroke("water", 11, phase=0, grows=False), Stroke("light", 2)),
        CorridorKind.ELEVATED: (
            Stroke(_CASING, 11.5, phase=0),
            Stroke("light", 9.5, phase=0),
            Stroke("deck", 5.5, phase=0),
        ),
        CorridorKind.RAILWAY: (
            Stroke(_CASING, 6.2, phase=0),
            Stroke("light", 4.4),
            Stroke("deck", 2, (9, 9), grows=False),
        ),
        CorridorKind.UNDERPASS: (Stroke(_CASING, 5.5, phase=0), Stroke("light", 3.2, (6, 4))),
        CorridorKind.URBAN_ROAD: (Stroke(_CASING, 4.8, phase=0), Stroke("light", 2.6)),
        CorridorKind.HIGHWAY: (Stroke(_CASING, 6.4, phase=0), Stroke("light", 4)),
        CorridorKind.EXPRESSWAY: (
            Stroke(_CASING, 8.4, phase=0),
            Stroke("light", 6),
            Stroke("deck", 1, grows=False),
        ),
    },
    label_zoom={
        CorridorKind.EXPRESSWAY: 13,
        CorridorKind.ELEVATED: 13,
        CorridorKind.HIGHWAY: 13,
        CorridorKind.RAILWAY: 14,
        CorridorKind.RIVER: 14,
        CorridorKind.UNDERPASS: 14,
        CorridorKind.URBAN_ROAD: 14,
    },
    label_rank={
        CorridorKind.EXPRESSWAY: 20,
        CorridorKind.ELEVATED: 21,
        CorridorKind.HIGHWAY: 22,
        CorridorKind.URBAN_ROAD: 24,
        CorridorKind.RAILWAY: 25,
        CorridorKind.RIVER: 26,
        CorridorKind.UNDERPASS: 27,
    },
)
