"""Decide which features of a board a filter shows, and how many each further value would show."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from geo.tasks.facets import FEATURE_FACETS, TASK_FACETS, Facet, FacetIndex, Mask, ValueIndex, saying, words
from geo.tasks.joins import Board


@dataclass(frozen=True, slots=True)
class Filters:
    """Hold what is asked for; an empty set or text restricts nothing.

    A feature is shown where its zones, kind and light are among those asked for, each word of `text`
    is part of its `facets.texts`, and, if a category, unit or status is asked for, at least one of its tasks
    satisfies all three. A task has a unit where the unit leads or supports it, with `lead_only` where it leads it.
    `lead_only` alone restricts nothing.
    """

    zones: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    lights: frozenset[str] = frozenset()
    text: str = ""
    lead_only: bool = False

    def wanted(self, facet: Facet) -> frozenset[str]:
        """Return the values asked for in a facet."""
        chosen: frozenset[str] = getattr(self, facet.value)
        return chosen

    def without(self, facet: Facet) -> "Filters":
        """Return the same filter with one facet's restriction lifted."""
        lifted: Any = {facet.value: frozenset()}
        return replace(self, **lifted)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is restricted."""
        return not words(self.text) and not any(self.wanted(facet) for facet in Facet)


def match(board: Board, filters: Filters) -> Mask:
    """Return which features a filter shows, aligned with `board.features`."""
    return _features_match(board.facets, filters) & _linked_match(board.facets, filters)


def match_tasks(board: Board, filters: Filters) -> Mask:
    """Return which tasks a filter shows, aligned with `board.tasks`.

    These are the tasks that satisfy it and concern a feature that it shows. A task without a
    feature is shown only by a filter that restricts no zone, kind or light, where the task's own
    text has the words asked for.
    """
    index = board.facets
    features = _features_match(index, filters)
    linked = np.zeros(len(board.tasks), dtype=bool)
    linked[index.link_task[features[index.link_feature]]] = True
    if not any(filters.wanted(facet) for facet in FEATURE_FACETS):
        linked |= saying(index.task_texts, words(filters.text))
    return linked & _tasks_match(index, filters)


def facet_counts(board: Board, filters: Filters) -> dict[Facet, dict[str, int]]:
    """Return for each facet how many features each of its values would show.

    A value's number is what `match` shows with this value alone in its facet and all other facets
    as they are. Values are those that occur; all statuses and lights are listed.
    """
    index = board.facets
    shown = _linked_match(index, filters)
    counts = {
        facet: index.by_feature[facet].counts(_features_match(index, filters.without(facet)) & shown)
        for facet in FEATURE_FACETS
    }
    features = _features_match(index, filters)
    for facet in TASK_FACETS:
        kept = _tasks_match(index, filters.without(facet))[index.link_task] & features[index.link_feature]
        spread = _values(index, facet, filters).through(index.link_task[kept], index.link_feature[kept], len(features))
        counts[facet] = spread.counts(np.ones(len(features), dtype=bool))
    return {facet: counts[facet] for facet in Facet}


def _features_match(index: FacetIndex, filters: Filters) -> Mask:
    mask = np.ones(len(index.features), dtype=bool)
    for facet in FEATURE_FACETS:
        if wanted := filters.wanted(facet):
            mask &= index.by_feature[facet].having(wanted)
    if asked := words(filters.text):
        mask &= saying(index.texts, asked)
    return mask


def _tasks_match(index: FacetIndex, filters: Filters) -> Mask:
    mask = np.ones(len(index.tasks), dtype=bool)
    for facet in TASK_FACETS:
        if wanted := filters.wanted(facet):
            mask &= _values(index, facet, filters).having(wanted)
    return mask


def _values(index: FacetIndex, facet: Facet, filters: Filters) -> ValueIndex:
    return index.by_lead if facet == Facet.UNITS and filters.lead_only else index.by_task[facet]


def _linked_match(index: FacetIndex, filters: Filters) -> Mask:
    size = len(index.features)
    if not any(filters.wanted(facet) for facet in TASK_FACETS):
        return np.ones(size, dtype=bool)
    mask = np.zeros(size, dtype=bool)
    mask[index.link_feature[_tasks_match(index, filters)[index.link_task]]] = True
    return mask
