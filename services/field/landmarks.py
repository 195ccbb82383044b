"""Find a place by its name or its coordinates: the features of the campaign, zones among them, are its landmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import Label
from geo.tasks.facets import normalise
from services.campaign.context import Desk

NUMBER: Final = 6
_NUMBER: Final = r"([+-]?\d{1,4}(?:\.\d{1,12})?)"
_PAIR: Final = re.compile(rf"\s*{_NUMBER}\s*[,，;；\s]\s*{_NUMBER}\s*")


@dataclass(frozen=True, slots=True)
class Landmark:
    """Hold one place: id, names, kind, and a point of it in WGS-84: the middle of a line, a point inside an area."""

    feature: str
    name: Label
    kind: Label
    lon: float
    lat: float


def find(desk: Desk, text: str, *, number: int = NUMBER) -> tuple[Landmark, ...]:
    """Return the landmarks whose id or names have all words of a text, best first; the zones for an empty text.

    Best is an id or name that is the text, then one that begins with it, then one that holds it as it stands, then one
    that holds its words; then the shorter name, then the order of the files.
    """
    features, asked = desk.loaded.features, normalise(text)
    if not asked:
        places = [place for place, layer in enumerate(features["layer"]) if layer == Layer.ZONES]
        return tuple(_landmark(features, place) for place in places[:number])
    ranked = []
    names = zip(features.index, features["name_zh"], features["name_en"], strict=True)
    for place, texts in enumerate(names):
        told = [normalise(str(one)) for one in texts]
        rank = min(_rank(one, asked) for one in told)
        if rank < _NOT:
            ranked.append((rank, min(len(one) for one in told[1:]), place))
    return tuple(_landmark(features, place) for _, _, place in sorted(ranked)[:number])


def coordinates(text: str) -> tuple[float, float] | None:
    """Return the two numbers of a text such as "121.30, 31.19", None where it is none; which is which is not judged."""
    found = _PAIR.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None


_NOT: Final = 4


def _rank(name: str, asked: str) -> int:
    if name == asked:
        return 0
    if name.startswith(asked):
        return 1
    if asked in name:
        return 2
    return 3 if all(word in name for word in asked.split()) else _NOT


def _landmark(features: Any, place: int) -> Landmark:  # noqa: ANN401  shapely ships no types
    row, shape = features.iloc[place], features.geometry.iloc[place]
    lines = shape.length > 0 and shape.area == 0
    point = shape.interpolate(0.5, normalized=True) if lines else shape.representative_point()
    return Landmark(
        feature=str(features.index[place]),
        name=Label(row["name_zh"], row["name_en"]),
        kind=KIND_LABELS[row["kind"]],
        lon=float(point.x),
        lat=float(point.y),
    )
