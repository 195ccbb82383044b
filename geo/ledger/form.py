"""Define the form of the ledger's workbook: its sheets, their columns, and the names that headers may have.

The Chinese and the English name stand in one header cell, one below the other. Workbooks made by
hand are found their columns by either name, by the field's own name, or by one that is in use.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

import pandas as pd

from geo.ledger.cells import from_cell, key_of, to_cell
from geo.model.campaign import Campaign
from geo.model.kinds import PRIORITY_LABELS
from geo.model.status import DIFFICULTY_LABELS, STATUS_LABELS
from locales import NOTHING, Label, Text

LEDGER_SHEET: Final = Text("Ledger")
UPDATES_SHEET: Final = Text("Updates")
UNITS_SHEET: Final = Text("Units")
FEATURES_SHEET: Final = Text("Features")
GUIDE_SHEET: Final = Text("How to fill it")
LISTS_SHEET: Final = "_lists"
BASE_SHEET: Final = "_base"
BASE_MARK: Final = "onemap-ledger-1"
"""First cell of `BASE_SHEET`; its number grows when the sheet's form changes."""

LIST_JOINER: Final = "；"
SHEET_ALIASES: Final[Mapping[str, Label]] = {
    LEDGER_SHEET.zh: Text("sheet of tasks", context="other headers"),
    UPDATES_SHEET.zh: Text("sheet of updates", context="other headers"),
    UNITS_SHEET.zh: Text("sheet of units", context="other headers"),
}


class Kind(StrEnum):
    """What a column holds."""

    ID = auto()
    TEXT = auto()
    CHOICE = auto()
    CHOICES = auto()
    DAY = auto()
    INSTANT = auto()
    PERCENT = auto()


class Choice(StrEnum):
    """Vocabulary of a column."""

    CATEGORY = auto()
    UNIT = auto()
    PRIORITY = auto()
    FEATURE = auto()
    STATUS = auto()
    DIFFICULTY = auto()
    TASK = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column: the field that it holds, its names, its width in characters."""

    field: str
    label: Label
    width: int
    kind: Kind = Kind.TEXT
    choice: Choice | None = None
    also: Label = NOTHING
    """Other names that workbooks made by hand give it, with `|` between them."""

    @property
    def header(self) -> str:
        """Text of the header cell."""
        return f"{self.label.zh}\n{self.label.en}"

    @property
    def names(self) -> frozenset[str]:
        """Keys of every name that a header may have."""
        return frozenset(
            key_of(name)
            for name in (self.label.zh, self.label.en, self.header, self.field, *self.also.zh.split("|"))
            if name
        )


_PROGRESS: Final = (
    Column("status", Text("Status"), 10, Kind.CHOICE, Choice.STATUS, Text("status", context="other headers")),
    Column("percent", Text("Percent done"), 13, Kind.PERCENT, None, Text("percent", context="other headers")),
    Column("note", Text("Note"), 40, also=Text("note", context="other headers")),
    Column(
        "difficulty_kind",
        Text("Kind of difficulty"),
        18,
        Kind.CHOICE,
        Choice.DIFFICULTY,
        Text("difficulty kind", context="other headers"),
    ),
    Column("difficulty", Text("Difficulty"), 30, also=Text("difficulty", context="other headers")),
    Column("suggestion", Text("Suggestion"), 30, also=Text("suggestion", context="other headers")),
)
LEDGER_COLUMNS: Final = (
    Column("id", Text("ID"), 9, Kind.ID, None, Text("id of a task", context="other headers")),
    Column("category", Text("Category"), 22, Kind.CHOICE, Choice.CATEGORY, Text("category", context="other headers")),
    Column(
        "title_zh",
        Text("Title (Chinese)"),
        36,
        also=Text("title zh", context="other headers"),
    ),
    Column("title_en", Text("Title (English)"), 36, also=Text("title en", context="other headers")),
    Column("lead_unit", Text("Lead unit"), 16, Kind.CHOICE, Choice.UNIT, Text("lead unit", context="other headers")),
    Column(
        "supporting_units",
        Text("Supporting units"),
        24,
        Kind.CHOICES,
        Choice.UNIT,
        Text("supporting units", context="other headers"),
    ),
    Column(
        "planned_start",
        Text("Planned start"),
        14,
        Kind.DAY,
        None,
        Text("when it is planned to start", context="other headers"),
    ),
    Column("due", Text("Due", context="ledger"), 12, Kind.DAY, None, Text("when it is due", context="other headers")),
    Column("priority", Text("Priority"), 9, Kind.CHOICE, Choice.PRIORITY),
    Column("features", Text("Features"), 18, Kind.CHOICES, Choice.FEATURE, Text("features", context="other headers")),
    *_PROGRESS,
)
UPDATE_COLUMNS: Final = (
    Column("id", Text("Update ID"), 10, Kind.ID, None, Text("id of an update", context="other headers")),
    Column(
        "task",
        Text("Task", context="ledger"),
        10,
        Kind.CHOICE,
        Choice.TASK,
        Text("task of an update", context="other headers"),
    ),
    Column(
        "feature",
        Text("Feature"),
        10,
        Kind.CHOICE,
        Choice.FEATURE,
        Text("feature of an update", context="other headers"),
    ),
    *_PROGRESS,
    Column(
        "unit",
        Text("Unit", context="ledger"),
        16,
        Kind.CHOICE,
        Choice.UNIT,
        Text("unit of an update", context="other headers"),
    ),
    Column("written_at", Text("Written at"), 18, Kind.INSTANT, None, Text("written at", context="other headers")),
)
UNIT_COLUMNS: Final = (
    Column("id", Text("ID"), 20, Kind.ID),
    Column("kind", Text("Kind", context="ledger"), 14),
    Column("short_zh", Text("Short name (Chinese)"), 16),
    Column("name_zh", Text("Name (Chinese)"), 36),
    Column("short_en", Text("Short name (English)"), 24),
    Column("name_en", Text("Name (English)"), 48),
)
FEATURE_COLUMNS: Final = (
    Column("id", Text("ID"), 8, Kind.ID),
    Column("kind", Text("Kind"), 14),
    Column("name_zh", Text("Name (Chinese)", context="ledger"), 32),
    Column("name_en", Text("Name (English)", context="ledger"), 40),
)

PROGRESS_FIELDS: Final = tuple(column.field for column in _PROGRESS)
DEFINITION_FIELDS: Final = tuple(
    column.field for column in LEDGER_COLUMNS if column.field not in {"id", *PROGRESS_FIELDS}
)
FIELD_LABELS: Final[Mapping[str, Label]] = {
    column.field: column.label for column in (*UPDATE_COLUMNS, *LEDGER_COLUMNS)
} | {"updates": UPDATES_SHEET}
"""Names of everything that a change or a conflict can be about; `updates` stands for new rows of that sheet."""


def columns_of(header: Sequence[object], columns: Sequence[Column]) -> dict[int, Column]:
    """Return the columns that a row of header cells names, by position from 0; each column once."""
    found: dict[int, Column] = {}
    for position, cell in enumerate(header):
        text = cell if isinstance(cell, str) else ""
        names = {key_of(text), *(key_of(line) for line in text.splitlines())}
        for column in columns:
            if names & column.names and column not in found.values():
                found[position] = column
                break
    return found


def is_sheet(title: str, sheet: Label) -> bool:
    """Tell whether a sheet's title is one of the names of a sheet."""
    return key_of(title) in {
        key_of(name) for name in (sheet.zh, sheet.en, *SHEET_ALIASES.get(sheet.zh, NOTHING).zh.split("|")) if name
    }


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
