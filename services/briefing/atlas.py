"""Make an atlas: an index, and a page for each corridor, node, task or unit of a filter.

OneMapError
└── SnapshotError (ValueError)   there is nothing to make one of, or no such subject
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.campaign.toml_files import read_template
from exports.document.model import Cell, Document, Section, Words
from geo.model.campaign import Extent
from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import Light
from geo.tasks.filters import Filters, match, match_tasks
from locales import NOTHING, Language, Name, Text
from services.briefing import tables
from services.briefing.briefing import BriefingRequest, framed
from services.briefing.material import Material, gather
from services.briefing.sections import cover
from services.campaign.context import CampaignContext
from services.snapshots.snapshots import SnapshotError


class Subject(StrEnum):
    """What an atlas has pages of."""

    CORRIDORS = "corridors"
    NODES = "nodes"
    TASKS = "tasks"
    UNITS = "units"


SUBJECT_LABELS: Final = {
    Subject.CORRIDORS: Text("Atlas of corridors"),
    Subject.NODES: Text("Atlas of nodes"),
    Subject.TASKS: Text("Atlas of tasks"),
    Subject.UNITS: Text("Atlas of units"),
}
_NUMBER: Final[tables.Head] = (Text("No."), 1.4)
_FEATURE: Final[Mapping[str, tables.Head]] = {
    "key": _NUMBER,
    "name": (Text("Name", context="form"), 6.0),
    "what": (tables.KIND, 2.6),
    "tasks": (Text("Tasks", context="atlas"), 1.2, "right"),
}
_INDEXED: Final[Mapping[Subject, Mapping[str, tables.Head]]] = {
    Subject.CORRIDORS: _FEATURE,
    Subject.NODES: _FEATURE,
    Subject.TASKS: {"key": _NUMBER, "name": (tables.TASK, 6.0), "what": (tables.LEAD, 3.8)},
    Subject.UNITS: {"name": (tables.UNIT, 9.0), "tasks": (tables.TASKS, 1.2, "right")},
}
"""Columns of the index before that of the pages, by what stands there."""
AROUND_DEG: Final = 0.004
"""Shown around a subject, in degrees: about 400 m."""


@dataclass(frozen=True, slots=True)
class AtlasRequest:
    """Hold what is asked for: language, subject, filter, template (None: the default one), who exports, a drill."""

    lang: Language
    of: Subject
    filters: Filters = field(default_factory=Filters)
    template: Path | None = None
    exporter: str = ""
    drill: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """Hold one subject: id, name, what it is, its light, its tasks and its features."""

    key: str
    name: str
    what: str
    light: Light | None
    tasks: tuple[str, ...]
    features: tuple[str, ...]


def compose_atlas(context: CampaignContext, until: datetime, asked: AtlasRequest, made_at: datetime) -> Document:
    """Say what an atlas holds, as of an instant.

    Raises
    ------
    SnapshotError
        The filter shows nothing of the subject.
    TemplateError
        The template cannot be used.
    StoreUnavailableError
        The store does not answer and what is needed was not read before.
    """
    material = gather(context, until, None, asked.lang, read_template(asked.template))
    entries = list(_entries(material, asked))
    if not entries:
        raise SnapshotError(Text("page for the filter"), str(asked.of), tuple(Subject))
    name = SUBJECT_LABELS[asked.of].get(asked.lang)
    sections = (*cover(material), _index(material, asked.of, entries), *(_page(material, one) for one in entries))
    document = BriefingRequest(asked.lang, exporter=asked.exporter, drill=asked.drill)
    return framed(context, material, document, made_at, subtitle=name, sections=sections)


def _entries(material: Material, asked: AtlasRequest) -> Iterable[_Entry]:
    board, lang = material.board, asked.lang
    shown = board.features[np.asarray(match(board, asked.filters))]
    tasks = board.tasks[match_tasks(board, asked.filters)]
    if asked.of in (Subject.CORRIDORS, Subject.NODES):
        layer = Layer.CORRIDORS if asked.of is Subject.CORRIDORS else Layer.NODES
        for key, row in shown[shown["layer"] == layer].iterrows():
            kind = KIND_LABELS[str(row["kind"])].get(lang)
            yield _Entry(str(key), material.name(str(key)), kind, Light(row["light"]), row["tasks"], (str(key),))
    elif asked.of is Subject.TASKS:
        for key, row in tasks.iterrows():
            unit = material.unit(row["lead_unit"])
            title = Name(str(row["title_zh"]), str(row["title_en"])).get(lang)
            yield _Entry(str(key), title, unit, Light(row["light"]), (str(key),), row["features"])
    else:
        for unit in material.units.index:
            own = tasks[tasks["lead_unit"] == unit]
            if len(own):
                features = tuple(dict.fromkeys(one for row in own["features"] for one in row))
                yield _Entry(str(unit), material.unit(unit), "", None, tuple(map(str, own.index)), features)


def _index(material: Material, of: Subject, entries: list[_Entry]) -> Section:
    """What has a page each: a task with who answers, a unit with how many tasks it leads, a feature with both."""
    shown = _INDEXED[of]
    heads: tuple[tables.Head, ...] = (*shown.values(), (Text("Page"), 1.0, "right"))
    rows = [(*(_index_cell(one, what) for what in shown), "") for one in entries]
    listed = tables.table(material, heads, rows, NOTHING)
    return Section("index", material.say(Text("Index")), (replace(listed, links=tuple(map(_id, entries))),))


def _index_cell(one: _Entry, what: str) -> Cell | str:
    if what == "name":
        return Cell(one.name, light=one.light)
    return {"key": one.key, "what": one.what, "tasks": f"{len(one.tasks)}"}[what]


def _id(one: _Entry) -> str:
    return f"entry-{one.key}"


def _page(material: Material, one: _Entry) -> Section:
    """Where it lies, and all of its tasks with how they stand."""
    title = f"{one.key} {one.name}" if one.what else one.name
    selected = one.features[0] if len(one.features) == 1 else ""
    only = () if selected and one.key == selected else one.features
    picture = material.map(title, wanted=_extent(material, one.features), selected=selected, only=only)
    columns = ((tables.TASK, 3.2, _task), (tables.HOW, 1.6, _how))
    tasks = tables.urgent_first(material, one.tasks)
    listed = tables.table_of_tasks(material, tasks, columns, Text("No task concerns it."))
    heading = (Words(one.what, "note"),) if one.what else ()
    return Section(_id(one), title, (picture, *heading, listed), "map")


def _task(material: Material, task: str) -> Cell:
    due = material.task(task)["due"]
    note = tables.lead(material, task) + ("" if pd.isna(due) else f" · {due:%Y-%m-%d}")
    return tables.task_cell(material, task, note)


def _how(material: Material, task: str) -> Cell:
    red = material.task(task)["light"] == Light.RED
    return Cell(tables.status(material, task), tables.reasons(material, task), ink="red" if red else "ink")


def _extent(material: Material, features: tuple[str, ...]) -> Extent:
    if not features:
        return material.campaign.view
    west, south, east, north = material.board.features.loc[list(features)].total_bounds.tolist()
    return west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG
