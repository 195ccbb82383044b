"""Say what each part of a page's state may be: the ids that the campaign has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import LIGHT_ORDER, STATUS_ORDER
from layers.screen.basemap import offered
from services.campaign.context import CampaignContext
from settings import settings

NO_BASEMAP = "none"


@dataclass(frozen=True, slots=True)
class Choices:
    """What each part of the state may be, in the order of the screen."""

    zones: tuple[str, ...]
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    units: tuple[str, ...]
    statuses: tuple[str, ...]
    lights: tuple[str, ...]
    basemaps: tuple[str, ...]
    features: frozenset[str]


@lru_cache(maxsize=4)
def choices_of(opened: CampaignContext) -> Choices:
    """Choices that the campaign's data offer."""
    features = opened.loaded.features
    present = set(features["kind"])
    return Choices(
        zones=tuple(features.index[features["layer"] == Layer.ZONES]),
        kinds=tuple(kind for kind in KIND_LABELS if kind in present),
        categories=tuple(category.id for category in opened.campaign.categories),
        units=tuple(opened.loaded.units.index),
        statuses=tuple(STATUS_ORDER),
        lights=tuple(LIGHT_ORDER),
        basemaps=(NO_BASEMAP, *(basemap.id for basemap in offered(settings().tianditu_key))),
        features=frozenset(features.index),
    )
