"""Define the closed vocabularies of layers, features, units and priorities, with labels."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.status import Label


class Layer(StrEnum):
    """Layer of the map, in drawing order from below."""

    ZONES = "zones"
    CORRIDORS = "corridors"
    NODES = "nodes"


class CorridorKind(StrEnum):
    """Kind of a line."""

    EXPRESSWAY = "expressway"
    ELEVATED = "elevated"
    HIGHWAY = "highway"
    URBAN_ROAD = "urban_road"
    UNDERPASS = "underpass"
    RAILWAY = "railway"
    RIVER = "river"


class NodeKind(StrEnum):
    """Kind of a node project."""

    WALKWAY = "walkway"
    FOOTBRIDGE = "footbridge"
    PARKING = "parking"
    BUILDING = "building"
    PLATFORM = "platform"
    TERMINAL = "terminal"
    VVIP = "vvip"
    METRO_STATION = "metro_station"
    RAILWAY_STATION = "railway_station"
    BUS_HUB = "bus_hub"


class ContextKind(StrEnum):
    """Kind of a drawing that is only background."""

    STREET = "street"
    WATER = "water"
    RIVER = "river"
    METRO = "metro"
    RUNWAY = "runway"
    AIRPORT = "airport"
    BUILDING = "building"


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


ZONE_KIND: Final = "zone"

KINDS_OF_LAYER: Final[Mapping[Layer, tuple[str, ...]]] = MappingProxyType(
    {
        Layer.ZONES: (ZONE_KIND,),
        Layer.CORRIDORS: tuple(kind.value for kind in CorridorKind),
        Layer.NODES: tuple(kind.value for kind in NodeKind),
    },
)

KIND_LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        ZONE_KIND: Label("保障重点区域", "zone"),
        "expressway": Label("高速路", "expressway"),
        "elevated": Label("高架路", "elevated road"),
        "highway": Label("公路", "highway"),
        "urban_road": Label("城市道路", "urban road"),
        "underpass": Label("地道", "underpass"),
        "railway": Label("铁路", "railway"),
        "river": Label("河道", "river"),
        "walkway": Label("步廊", "walkway"),
        "footbridge": Label("天桥", "footbridge"),
        "parking": Label("停车场库", "parking"),
        "building": Label("场馆楼宇", "building"),
        "platform": Label("广场平台", "platform"),
        "terminal": Label("航站楼", "terminal"),
        "vvip": Label("VVIP区域", "VVIP area"),
        "metro_station": Label("地铁站", "metro station"),
        "railway_station": Label("火车站", "railway station"),
        "bus_hub": Label("公交枢纽", "bus hub"),
    },
)

PRIORITY_LABELS: Final[Mapping[Priority, Label]] = MappingProxyType(
    {
        Priority.HIGH: Label("高", "high"),
        Priority.MEDIUM: Label("中", "medium"),
        Priority.LOW: Label("低", "low"),
    },
)

UNIT_KIND_LABELS: Final[Mapping[UnitKind, Label]] = MappingProxyType(
    {
        UnitKind.BUREAU: Label("市级部门", "municipal bureau"),
        UnitKind.DISTRICT: Label("区", "district"),
        UnitKind.ENTERPRISE: Label("企业", "enterprise"),
        UnitKind.OFFICE: Label("管委会处室", "office of the administration"),
    },
)
