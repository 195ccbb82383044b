"""Define the closed vocabularies of layers, features, units and priorities, with labels."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.model.status import Label


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
        ZONE_KIND: Label("保障重点区域", "Zone"),
        "expressway": Label("高速路", "Expressway"),
        "elevated": Label("高架路", "Elevated road"),
        "highway": Label("公路", "Highway"),
        "urban_road": Label("城市道路", "Urban road"),
        "underpass": Label("地道", "Underpass"),
        "railway": Label("铁路", "Railway"),
        "river": Label("河道", "River"),
        "walkway": Label("步廊", "Walkway"),
        "footbridge": Label("天桥", "Footbridge"),
        "parking": Label("停车场库", "Parking"),
        "building": Label("场馆楼宇", "Building"),
        "platform": Label("广场平台", "Platform"),
        "terminal": Label("航站楼", "Terminal"),
        "vvip": Label("VVIP区域", "VVIP area"),
        "metro_station": Label("地铁站", "Metro station"),
        "railway_station": Label("火车站", "Railway station"),
        "bus_hub": Label("公交枢纽", "Bus hub"),
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
        UnitKind.BUREAU: Label("市级部门", "Municipal bureau"),
        UnitKind.DISTRICT: Label("区", "District"),
        UnitKind.ENTERPRISE: Label("企业", "Enterprise"),
        UnitKind.OFFICE: Label("管委会处室", "Office of the administration"),
    },
)
