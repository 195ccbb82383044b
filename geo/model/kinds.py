"""Define the kinds of features, each as one object with all its traits, and the other vocabularies of the data.

Drawing traits are plain data too, in names of inks and pixels at zoom 14: `layers/` draws them, on screen and on paper.
Whoever adds a kind writes it here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.model.status import Vocabulary
from locales import Label, Text

Points = tuple[tuple[float, float], ...]


class Layer(Vocabulary):
    """Layer of the map, in drawing order from below, with the types of geometry that it takes."""

    geometry_types: tuple[str, ...]

    ZONES = "zones", ("Polygon",)
    CORRIDORS = "corridors", ("LineString", "MultiLineString")
    NODES = "nodes", ("Point", "LineString", "Polygon")


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


class ContextKind(Vocabulary):
    """Kind of a drawing that is only background, from below; areas without strokes have the ink of their kind.

    Kinds of one name stand in a legend once.
    """

    label: Label
    strokes: tuple[Stroke, ...]

    AIRPORT = "airport", Text("Airport"), ()
    BUILDING = "building", Text("Building", context="background"), ()
    WATER = "water", Text("Water"), (Stroke("water", 6),)
    RIVER = "river", Text("Water"), (Stroke("water", 6),)
    STREET = "street", Text("Other roads"), (Stroke("street_edge", 3.6, phase=0), Stroke("street", 2.4))
    RUNWAY = "runway", Text("Runway"), (Stroke("runway", 5),)
    METRO = "metro", Text("Rail"), (Stroke("metro", 1.8, (6, 4)),)


class Outline(Vocabulary):
    """Outline of a symbol: a polygon in units of the symbol's radius, y downwards; empty for a circle."""

    points: Points

    CIRCLE = "circle", ()
    SQUARE = "square", ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))
    PILL = "pill", ((-1.45, -0.75), (1.45, -0.75), (1.45, 0.75), (-1.45, 0.75))
    DIAMOND = "diamond", ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0))
    HEXAGON = "hexagon", ((-0.55, -1.0), (0.55, -1.0), (1.1, 0.0), (0.55, 1.0), (-0.55, 1.0), (-1.1, 0.0))
    PENTAGON = "pentagon", ((0.0, -1.2), (1.1, -0.35), (0.75, 0.95), (-0.75, 0.95), (-1.1, -0.35))


@dataclass(frozen=True, slots=True)
class Symbol:
    """Describe the symbol of a kind of node.

    Parameters
    ----------
    outline
        Its shape, filled with the light.
    sign
        What stands inside; a node's own ``sign`` goes before it.
    rank
        Which symbol stays where two would cover each other: low ranks stay.
    """

    outline: Outline
    sign: Label
    rank: int = 5


@dataclass(frozen=True, slots=True)
class Drawing:
    """Say how the features of a kind are drawn.

    Parameters
    ----------
    strokes
        Passes of the pen along its lines, or along the edges of its areas.
    label_zoom
        Zoom level from which it is named on the map.
    label_rank
        Order in which labels are placed; low ranks are placed first.
    level
        Place among the kinds of its layer, from below; kinds of one level are drawn in their own order.
    symbol
        Of nodes.
    hidden_as
        What a line of it is drawn as where a filter hides it on paper.
    """

    strokes: tuple[Stroke, ...]
    label_zoom: int
    label_rank: int
    level: int = 0
    symbol: Symbol | None = None
    hidden_as: ContextKind = ContextKind.STREET


def _casing(width_px: float) -> Stroke:
    return Stroke("casing", width_px, phase=0)


# Water is water and rail is rail. An elevated road is a pair of edges around a pale deck and lies in the phase of the
# casings, so that the ground road below it, whose centreline is nearly the same, stays readable inside the deck.
_ZONE: Final = (Stroke("zone", 1.6, (7, 5), phase=0, grows=False),)
_EXPRESSWAY: Final = (_casing(8.4), Stroke("light", 6), Stroke("deck", 1, grows=False))
_ELEVATED: Final = (_casing(11.5), Stroke("light", 9.5, phase=0), Stroke("deck", 5.5, phase=0))
_HIGHWAY: Final = (_casing(6.4), Stroke("light", 4))
_URBAN_ROAD: Final = (_casing(4.8), Stroke("light", 2.6))
_UNDERPASS: Final = (_casing(5.5), Stroke("light", 3.2, (6, 4)))
_RAILWAY: Final = (_casing(6.2), Stroke("light", 4.4), Stroke("deck", 2, (9, 9), grows=False))
_RIVER: Final = (Stroke("water", 11, phase=0, grows=False), Stroke("light", 2))
_WALK: Final = (_casing(6.4), Stroke("light", 4.2), Stroke("deck", 1.2, (3, 3), grows=False))
_AREA: Final = (Stroke("light", 1.4, phase=0, grows=False),)


def _node(
    outline: Outline,
    sign: Label,
    rank: int,
    strokes: tuple[Stroke, ...] = _AREA,
    *,
    label_zoom: int = 15,
    label_rank: int = 12,
) -> Drawing:
    return Drawing(strokes, label_zoom, label_rank, symbol=Symbol(outline, sign, rank))


class Kind(Vocabulary):
    """Kind of a feature, in the order of filters and lists."""

    layer: Layer
    label: Label
    drawing: Drawing

    ZONE = "zone", Layer.ZONES, Text("Zone", context="kind of feature"), Drawing(_ZONE, 11, 0)

    EXPRESSWAY = "expressway", Layer.CORRIDORS, Text("Expressway"), Drawing(_EXPRESSWAY, 13, 20, 6)
    ELEVATED = "elevated", Layer.CORRIDORS, Text("Elevated road"), Drawing(_ELEVATED, 13, 21, 1)
    HIGHWAY = "highway", Layer.CORRIDORS, Text("Highway"), Drawing(_HIGHWAY, 13, 22, 5)
    URBAN_ROAD = "urban_road", Layer.CORRIDORS, Text("Urban road"), Drawing(_URBAN_ROAD, 14, 24, 4)
    UNDERPASS = "underpass", Layer.CORRIDORS, Text("Underpass"), Drawing(_UNDERPASS, 14, 27, 3)
    RAILWAY = (
        "railway",
        Layer.CORRIDORS,
        Text("Railway"),
        Drawing(_RAILWAY, 14, 25, 2, hidden_as=ContextKind.METRO),
    )
    RIVER = (
        "river",
        Layer.CORRIDORS,
        Text("River"),
        Drawing(_RIVER, 14, 26, 0, hidden_as=ContextKind.RIVER),
    )

    WALKWAY = "walkway", Layer.NODES, Text("Walkway"), _node(Outline.PILL, Text("W"), 4, _WALK)
    FOOTBRIDGE = (
        "footbridge",
        Layer.NODES,
        Text("Footbridge"),
        _node(Outline.PILL, Text("F"), 4, _WALK, label_zoom=16, label_rank=14),
    )
    PARKING = "parking", Layer.NODES, Text("Parking"), _node(Outline.SQUARE, Text("P"), 3)
    BUILDING = (
        "building",
        Layer.NODES,
        Text("Building"),
        _node(Outline.PENTAGON, Text("E"), 1, label_zoom=13, label_rank=10),
    )
    PLATFORM = "platform", Layer.NODES, Text("Platform"), _node(Outline.HEXAGON, Text("D"), 2)
    TERMINAL = (
        "terminal",
        Layer.NODES,
        Text("Terminal"),
        _node(Outline.DIAMOND, Text("✈"), 0, label_zoom=13, label_rank=10),
    )
    VVIP = "vvip", Layer.NODES, Text("VVIP area"), _node(Outline.HEXAGON, Text("V"), 5)
    METRO_STATION = (
        "metro_station",
        Layer.NODES,
        Text("Metro station"),
        _node(Outline.CIRCLE, Text("M"), 3),
    )
    RAILWAY_STATION = (
        "railway_station",
        Layer.NODES,
        Text("Railway station"),
        _node(Outline.CIRCLE, Text("R"), 0, label_zoom=13, label_rank=10),
    )
    BUS_HUB = "bus_hub", Layer.NODES, Text("Bus hub"), _node(Outline.CIRCLE, Text("B"), 4)


def kinds_of(layer: Layer) -> tuple[Kind, ...]:
    """Return the kinds of a layer in the order of filters."""
    return tuple(kind for kind in Kind if kind.layer is layer)


KINDS_DRAWN: Final = tuple(
    kind for layer in Layer for kind in sorted(kinds_of(layer), key=lambda one: one.drawing.level)
)
"""All kinds in drawing order, from below."""

KIND_LABELS: Final[Mapping[str, Label]] = MappingProxyType({str(kind): kind.label for kind in Kind})


class UnitKind(StrEnum):
    """Kind of a responsible unit."""

    BUREAU = "bureau"
    DISTRICT = "district"
    ENTERPRISE = "enterprise"
    OFFICE = "office"


class Priority(StrEnum):
    """Priority of a task."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PRIORITY_LABELS: Final[Mapping[Priority, Label]] = MappingProxyType(
    {
        Priority.HIGH: Text("high"),
        Priority.MEDIUM: Text("medium"),
        Priority.LOW: Text("low"),
    },
)

UNIT_KIND_LABELS: Final[Mapping[UnitKind, Label]] = MappingProxyType(
    {
        UnitKind.BUREAU: Text("Municipal bureau"),
        UnitKind.DISTRICT: Text("District"),
        UnitKind.ENTERPRISE: Text("Enterprise"),
        UnitKind.OFFICE: Text("Office of the administration"),
    },
)
