"""List what is seen in a frame, one by one, for symbols and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely

from geo.model.kinds import Layer
from geo.model.status import Light
from layers.paper.frame import MapFrame
from layers.paper.places import anchor
from layers.paper.sheet import MapContent


@dataclass(frozen=True, slots=True, eq=False)
class ShownFeature:
    """Hold one feature; `geometry` is its part in the frame, `anchor` is where its symbol stands, in millimetres."""

    id: str
    layer: str
    kind: str
    light: Light
    name: str
    sign: str
    plausible: bool
    zone: int
    selected: bool
    geometry: Any
    anchor: tuple[float, float]


def shown_features(content: MapContent, frame: MapFrame) -> list[ShownFeature]:
    """Everything of which a part is seen, in the order of the features."""
    features = content.features[content.shown]
    zones = list(content.features.index[content.features["layer"] == Layer.ZONES])
    window = shapely.box(*frame.reach)
    plane = frame.plane(features.geometry.array)
    seen = shapely.clip_by_rect(plane, *frame.reach)
    names = ("layer", "kind", "light", "sign", "plausible")
    columns = (features[name].to_numpy(dtype=object) for name in names)
    titles = zip(*(features[f"name_{lang}"].astype(str) for lang in _languages(content)), strict=True)
    rows = zip(features.index, titles, *columns, strict=True)
    found = []
    for i, (key, (title, other), layer, kind, light, sign, plausible) in enumerate(rows):
        if shapely.is_empty(seen[i]) or not shapely.intersects(plane[i], window):
            continue
        whole = layer == Layer.NODES and shapely.get_dimensions(plane[i]) < 2  # noqa: PLR2004  a line or a point
        at = anchor(plane[i] if whole else seen[i])
        place = zones.index(key) if layer == Layer.ZONES else -1
        found.append(
            ShownFeature(
                *(str(key), str(layer), str(kind), Light(light), title or other, str(sign)),
                *(bool(plausible), place, key == content.selected, seen[i], at),
            )
        )
    return found


def _languages(content: MapContent) -> tuple[str, str]:
    return ("zh", "en") if content.lang == "zh" else ("en", "zh")
