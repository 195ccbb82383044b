"""Name the choices of a workbook's columns as people read them, and find them by any of their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.ledger.form import Choice
from geo.ledger.text import from_cell, key_of, to_cell
from geo.model.campaign import Campaign
from geo.model.kinds import PRIORITY_LABELS
from geo.model.status import DIFFICULTY_LABELS, STATUS_LABELS

_JOINERS: Final = frozenset(";；、,，\n")


@dataclass(frozen=True, slots=True)
class Choices:
    """Hold the choices of one column: what each id is shown as, and the id of every name."""

    shown: Mapping[str, str]
    ids: Mapping[str, str]

    def label(self, key: str) -> str:
        """Return what an id is shown as; an unknown one is shown as it is."""
        return self.shown.get(key, key)

    def find(self, text: str) -> str | None:
        """Return the id that a text names; None where it names none, or more than one."""
        return text if text in self.shown else self.ids.get(key_of(text))


Spelling = Mapping[Choice, Choices]


def spelling(
    campaign: Campaign,
    units: pd.DataFrame,
    features: pd.DataFrame | None,
    *,
    tasks: pd.DataFrame,
    updates: pd.DataFrame,
) -> Spelling:
    """Return the choices of every column.

    Parameters
    ----------
    campaign, units, features
        Where categories, units and features have their names; features may be left out.
    tasks, updates
        What the ledger holds; ids that only it has are choices too, so that a ledger with an
        unknown unit can be written and read again.
    """
    return {
        Choice.CATEGORY: _choices(
            [(one.id, (one.name.zh, one.name.en)) for one in campaign.categories], tasks["category"]
        ),
        Choice.UNIT: _choices(
            _named(units, ("short_zh", "name_zh", "short_en", "name_en")),
            tasks["lead_unit"],
            *tasks["supporting_units"],
            updates["unit"],
        ),
        Choice.PRIORITY: _choices([(key, (label.zh, label.en)) for key, label in PRIORITY_LABELS.items()]),
        Choice.STATUS: _choices([(key, (label.zh, label.en)) for key, label in STATUS_LABELS.items()]),
        Choice.DIFFICULTY: _choices([(key, (label.zh, label.en)) for key, label in DIFFICULTY_LABELS.items()]),
        Choice.FEATURE: _features(features, *tasks["features"], updates["feature"]),
        Choice.TASK: with_ids(None, [*map(str, tasks.index), *updates["task"].unique()]),
    }


def with_ids(choices: Choices | None, more: Iterable[str]) -> Choices:
    """Return choices with further ids, which are shown as they are."""
    found = choices or Choices({}, {})
    new = [key for key in more if key and key not in found.shown]
    return Choices({**found.shown, **{key: key for key in new}}, {**{key_of(key): key for key in new}, **found.ids})


def _named(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    names = zip(*(frame[column] for column in columns), strict=True)
    return [(str(key), tuple(map(str, row))) for key, row in zip(frame.index, names, strict=True)]


def _features(features: pd.DataFrame | None, *more: Iterable[str]) -> Choices:
    """Return features by id, name, or id and name; they are shown by their ids, for cells hold several."""
    named = [] if features is None else _named(features, ("name_zh", "name_en"))
    both = [(key, (*names, *(f"{key} {name}" for name in names))) for key, names in named]
    found = _choices(both, *more)
    return Choices({key: key for key in found.shown}, found.ids)


def _choices(entries: Iterable[tuple[str, tuple[str, ...]]], *more: Iterable[str]) -> Choices:
    """Return choices; a name that two ids share finds neither, and an id that is a name of another stays an id."""
    listed = dict(entries)
    listed |= {key: () for keys in more for key in keys if key and key not in listed}
    by_name: dict[str, str | None] = {}
    for key, names in listed.items():
        for name in {key_of(name) for name in names if name.strip()}:
            by_name[name] = key if by_name.get(name, key) == key else None
    ids = {name: key for name, key in by_name.items() if key is not None} | {key_of(key): key for key in listed}
    return Choices({key: _shown(key, names, ids) for key, names in listed.items()}, ids)


def _shown(key: str, names: tuple[str, ...], ids: Mapping[str, str]) -> str:
    """Return the first name that finds its id again out of a cell of several, else the id."""
    name = names[0].strip() if names else ""
    safe = name and not _JOINERS & set(name) and ids.get(key_of(from_cell(to_cell(name)))) == key
    return name if safe else str(key)
