"""Make an atlas: an index, and a page for each corridor, node, task or unit of a filter.

OneMapError
└── SnapshotError (ValueError)   there is nothing to make one of, or no such subject
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.campaign.toml_files import read_template
from exports.document.model import Align, Cell, Column, Document, Section, Table, Words
from geo.model.campaign import Extent
from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import STATUS_LABELS, Light, Status
from geo.tasks.filters import Filters, match, match_tasks
from locales import Label, Language, Name, Text
from services.briefing import tables, words
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
INDEX: Final = Text("Index")
PAGE: Final = Text("Page")
NUMBER: Final = Text("No.")
NAME: Final = Text("Name", context="form")
SHARED: Final = Text("Tasks", context="atlas")
NO_TASK: Final = Text("No task concerns it.")
_KEY: Final = ("key", NUMBER, 1.4, "left")
_TASKS: Final = ("tasks", SHARED, 1.2, "right")
_FEATURE: Final = (_KEY, ("name", NAME, 6.0, "left"), ("what", words.KIND, 2.6, "left"), _TASKS)
_INDEXED: Final[Mapping[Subject, tuple[tuple[str, Label, float, Align], ...]]] = {
    Subject.CORRIDORS: _FEATURE,
    Subject.NODES: _FEATURE,
    Subject.TASKS: (_KEY, ("name", words.TASK, 6.0, "left"), ("what", words.LEAD, 3.8, "left")),
    Subject.UNITS: (("name", words.UNIT, 9.0, "left"), ("tasks", words.TASKS, 1.2, "right")),
}
"""Columns of the index before that of the pages: what stands there, its head, its share of the width, how it is set."""
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
    lang, shown = material.lang, _INDEXED[of]
    columns = tuple(Column(head.get(lang), weight, align) for _, head, weight, align in shown)
    rows = tuple((*(_index_cell(one, what) for what, *_ in shown), Cell("")) for one in entries)
    page = Column(PAGE.get(lang), 1.0, "right")
    return Section("index", INDEX.get(lang), (Table((*columns, page), rows, links=tuple(map(_id, entries))),))


def _index_cell(one: _Entry, what: str) -> Cell:
    if what == "name":
        return Cell(one.name, light=one.light)
    return Cell({"key": one.key, "what": one.what, "tasks": f"{len(one.tasks)}"}[what])


def _id(one: _Entry) -> str:
    return f"entry-{one.key}"


def _page(material: Material, one: _Entry) -> Section:
    """Where it lies, and all of its tasks with how they stand."""
    title = f"{one.key} {one.name}" if one.what else one.name
    selected = one.features[0] if len(one.features) == 1 else ""
    only = () if selected and one.key == selected else one.features
    picture = material.map(title, wanted=_extent(material, one.features), selected=selected, only=only)
    rows = [_task(material, task) for task in tables.urgent_first(material, one.tasks)]
    listed = tables.table(material, ((words.TASK, 3.2), (words.HOW, 1.6)), rows, NO_TASK)
    heading = (Words(one.what, "note"),) if one.what else ()
    return Section(_id(one), title, (picture, *heading, listed), "map")


def _task(material: Material, task: str) -> tuple[Cell, ...]:
    row = material.task(task)
    status = STATUS_LABELS[Status(row["status"])].get(material.lang)
    due = "" if pd.isna(row["due"]) else f" · {row['due']:%Y-%m-%d}"
    unit = material.unit(row["lead_unit"])
    told = tables.reasons(material, task)
    return (
        tables.task_cell(material, task, f"{unit}{due}"),
        Cell(f"{status} {int(row['percent'])}%", told, ink="red" if row["light"] == Light.RED else "ink"),
    )


def _extent(material: Material, features: tuple[str, ...]) -> Extent:
    if not features:
        return material.campaign.view
    west, south, east, north = material.board.features.loc[list(features)].total_bounds.tolist()
    return west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG
