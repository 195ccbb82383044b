"""Index a board's features and tasks by facet value, as arrays that a filter combines fast."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model.status import LIGHT_ORDER, STATUS_ORDER

Mask = NDArray[np.bool_]
Places = NDArray[np.intp]


class Facet(StrEnum):
    """Facet of a filter, named like its field in `geo.tasks.filters.Filters`."""

    ZONES = "zones"
    KINDS = "kinds"
    CATEGORIES = "categories"
    UNITS = "units"
    STATUSES = "statuses"
    LIGHTS = "lights"


FEATURE_FACETS = (Facet.ZONES, Facet.KINDS, Facet.LIGHTS)
_UNIT_NAMES = ("short_zh", "name_zh", "short_en", "name_en")
TASK_FACETS = (Facet.CATEGORIES, Facet.UNITS, Facet.STATUSES)


def normalise(text: str) -> str:
    """Return text as searches compare it: NFKC, case folded, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words(text: str) -> tuple[str, ...]:
    """Return the words that a search asks for, normalised; each must be found, in any order."""
    return tuple(normalise(text).split())


def saying(texts: Sequence[str], wanted: Collection[str]) -> Mask:
    """Return which of some normalised texts have all of the words, anywhere in it."""
    mask = np.ones(len(texts), dtype=bool)
    for word in wanted:
        mask &= np.fromiter((word in text for text in texts), dtype=bool, count=len(texts))
    return mask


@dataclass(frozen=True, slots=True)
class ValueIndex:
    """Hold which of `size` rows have which of `values`, as pairs; a row may have several."""

    values: tuple[str, ...]
    size: int
    rows: Places
    codes: Places

    @classmethod
    def of(cls, cells: Iterable[Collection[str]], values: Iterable[str] = ()) -> "ValueIndex":
        """Index the values of each row; `values` come first, listed even where no row has them."""
        code_of = {value: code for code, value in enumerate(dict.fromkeys(values))}
        rows: list[int] = []
        codes: list[int] = []
        size = 0
        for row, cell in enumerate(cells):
            size = row + 1
            for value in dict.fromkeys(cell):
                rows.append(row)
                codes.append(code_of.setdefault(value, len(code_of)))
        return cls(tuple(code_of), size, np.array(rows, dtype=np.intp), np.array(codes, dtype=np.intp))

    def having(self, wanted: Collection[str]) -> Mask:
        """Return which rows have at least one of the wanted values."""
        chosen = np.array([value in wanted for value in self.values], dtype=bool)
        mask = np.zeros(self.size, dtype=bool)
        mask[self.rows[chosen[self.codes]]] = True
        return mask

    def counts(self, mask: Mask) -> dict[str, int]:
        """Return how many of the masked rows have each value."""
        found = np.bincount(self.codes[mask[self.rows]], minlength=len(self.values))
        return dict(zip(self.values, found.tolist(), strict=True))

    def through(self, sources: Places, targets: Places, targets_size: int) -> "ValueIndex":
        """Return the index of the rows to which links lead; each has all values of its sources."""
        order = np.argsort(self.rows, kind="stable")
        start = np.searchsorted(self.rows[order], np.arange(self.size + 1))
        many = (start[1:] - start[:-1])[sources]
        link = np.repeat(np.arange(len(sources)), many)
        nth = np.arange(len(link)) - np.repeat(np.cumsum(many) - many, many)
        codes = self.codes[order][start[sources[link]] + nth]
        pairs = np.zeros(targets_size * max(len(self.values), 1), dtype=bool)
        pairs[targets[link] * len(self.values) + codes] = True
        rows, unique = np.divmod(np.flatnonzero(pairs), max(len(self.values), 1))
        return ValueIndex(self.values, targets_size, rows, unique)


@dataclass(frozen=True, eq=False)
class FacetIndex:
    """Hold a board's facets: `by_feature` and `by_task`, and the links as places in both frames.

    `by_lead` holds the leading unit alone. `units` are the units whose names are searched; without them, none is.
    """

    features: pd.DataFrame
    tasks: pd.DataFrame
    units: pd.DataFrame | None
    by_feature: dict[Facet, ValueIndex]
    by_task: dict[Facet, ValueIndex]
    by_lead: ValueIndex
    link_task: Places
    link_feature: Places

    @classmethod
    def of(
        cls,
        features: pd.DataFrame,
        tasks: pd.DataFrame,
        links: pd.DataFrame,
        units: pd.DataFrame | None = None,
    ) -> "FacetIndex":
        """Index the frames of a board."""
        return cls(
            features=features,
            tasks=tasks,
            units=units,
            by_feature={
                Facet.ZONES: ValueIndex.of(features["zones"]),
                Facet.KINDS: ValueIndex.of((kind,) for kind in features["kind"]),
                Facet.LIGHTS: ValueIndex.of(((light,) for light in features["light"]), LIGHT_ORDER),
            },
            by_task={
                Facet.CATEGORIES: ValueIndex.of((category,) for category in tasks["category"]),
                Facet.UNITS: ValueIndex.of(_units_of(tasks)),
                Facet.STATUSES: ValueIndex.of(((status,) for status in tasks["status"]), STATUS_ORDER),
            },
            by_lead=ValueIndex.of((unit,) for unit in tasks["lead_unit"]),
            link_task=tasks.index.get_indexer(pd.Index(links["task"])),
            link_feature=features.index.get_indexer(pd.Index(links["feature"])),
        )

    @cached_property
    def task_texts(self) -> list[str]:
        """Text to search of each task: id, titles, names of its units, normalised, one a line."""
        names = _unit_texts(self.units)
        told = self.units is not None
        rows = zip(self.tasks.index, self.tasks["title_zh"], self.tasks["title_en"], _units_of(self.tasks), strict=True)
        return [
            "\n".join(
                [normalise(key), normalise(zh), normalise(en)]
                + [names.get(unit, normalise(unit)) for unit in units if told],
            )
            for key, zh, en, units in rows
        ]

    @cached_property
    def texts(self) -> list[str]:
        """Text to search of each feature: id, names, texts of its tasks, normalised, one a line."""
        said = dict(zip(self.tasks.index, self.task_texts, strict=True))
        columns = (self.features[name] for name in ("name_zh", "name_en", "tasks"))
        return [
            "\n".join([normalise(key), normalise(zh), normalise(en), *(said[task] for task in linked)])
            for key, zh, en, linked in zip(self.features.index, *columns, strict=True)
        ]


def _units_of(tasks: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the units of each task, the leading one first."""
    pairs = zip(tasks["lead_unit"], tasks["supporting_units"], strict=True)
    return [(lead, *supporting) for lead, supporting in pairs]


def _unit_texts(units: pd.DataFrame | None) -> Mapping[str, str]:
    """Return all names of each unit, normalised, each once; a task of no unit shows its id instead."""
    if units is None:
        return {}
    rows = zip(units.index, *(units[name] for name in _UNIT_NAMES), strict=True)
    return {unit: "\n".join(dict.fromkeys(map(normalise, names))) for unit, *names in rows}
