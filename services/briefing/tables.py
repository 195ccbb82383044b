"""Make the tables and sentences of a briefing from its facts: tasks, difficulties, what moved, supervision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from exports.document.model import Cell, Column, Table
from geo.model.status import DIFFICULTY_LABELS, FINISHED, STATUS_LABELS, DifficultyKind, Light, Status
from geo.model.supervision import LEVEL_LABELS
from geo.supervision.ladder import Ladder
from geo.tasks.attention import ReasonKind
from geo.tasks.attention_words import clause, one_sentence
from geo.tasks.changes import MOVE_LABELS, Direction, Move, TaskChange, direction_of
from geo.tasks.filters import Filters, match_tasks
from layers.paper.page import KeyFigure
from locales import Label
from services.board.changes import moved_how
from services.briefing import words
from services.briefing.material import Material
from services.supervision.notice import notice_number

_PRESSING: Final = (Light.RED, Light.YELLOW)
_DATED: Final = (ReasonKind.OVERDUE, ReasonKind.BLOCKED, ReasonKind.DUE_SOON)


def table(
    material: Material,
    columns: Iterable[tuple[Label, float]],
    rows: Iterable[tuple[Cell, ...]],
    empty: Label,
    most: int = 0,
) -> Table:
    """A table whose heads are in the language of the document."""
    heads = tuple(Column(title.get(material.lang), weight) for title, weight in columns)
    return Table(heads, tuple(rows), empty.get(material.lang), more=words.MORE.get(material.lang), most=most)


def urgent_first(material: Material, tasks: Iterable[str]) -> list[str]:
    """Tasks in the order of the attention list; those that are not on it last."""
    place = {task: number for number, task in enumerate(material.needed)}
    return sorted(tasks, key=lambda task: place.get(task, len(place)))


def reasons(material: Material, task: str) -> str:
    """Why a task needs somebody, in a sentence."""
    need = material.needed.get(task)
    return one_sentence([clause(one) for one in need.reasons]).get(material.lang) if need else ""


def standing(material: Material, task: str) -> str:
    """How late a task is, how long it is blocked or when it is due, and nothing else."""
    need = material.needed.get(task)
    told = [clause(one) for one in need.reasons if one.kind in _DATED] if need else []
    return one_sentence(told).get(material.lang)


def task_cell(material: Material, task: str, note: str = "") -> Cell:
    """A task with its light."""
    row = material.task(task)
    return Cell(material.title(task), note, Light(row["light"]))


def pressing(material: Material, zone: str) -> Table:
    """Tasks of a zone that are late, blocked or due soon, the most urgent first."""
    board = material.board
    mask = match_tasks(board, Filters(zones=frozenset({zone})))
    tasks = board.tasks[mask & board.tasks["light"].isin(list(_PRESSING)).to_numpy()]
    rows = [
        (task_cell(material, task, material.unit(tasks.loc[task, "lead_unit"])), Cell(standing(material, task)))
        for task in urgent_first(material, tasks.index)
    ]
    return table(material, ((words.PRESSING, 3.0), (words.HOW, 1.7)), rows, words.NOTHING_PRESSES)


def by_category(material: Material) -> Table:
    """How far each category is, and how much of it is late or blocked."""
    rows = [
        (
            Cell(material.campaign.category_name(one.key).get(material.lang)),
            Cell(f"{sum(one.by_status[status] for status in FINISHED)} / {one.tasks}"),
            Cell(f"{one.by_light[Light.RED]}", ink="red" if one.by_light[Light.RED] else "muted", bold=True),
        )
        for one in material.summary.by_category
    ]
    heads = ((words.CATEGORY, 3.0), (words.DONE_OF, 0.8), (words.RED, 1.6))
    return table(material, heads, rows, words.NO_TASKS)


def late(material: Material, *, short: bool = False) -> Table:
    """Late and blocked tasks, why, and who answers."""
    tasks = material.board.tasks
    keys = urgent_first(material, tasks.index[tasks["light"] == Light.RED])
    rows: list[tuple[Cell, ...]]
    if short:
        rows = [
            (
                task_cell(material, key),
                Cell(material.unit(tasks.loc[key, "lead_unit"])),
                Cell(standing(material, key), ink="red"),
            )
            for key in keys
        ]
        return table(material, ((words.TASK, 3.4), (words.LEAD, 1.3), (words.HOW, 1.3)), rows, words.NOTHING_LATE)
    rows = [_late_row(material, key) for key in keys]
    columns = ((words.TASK, 3.2), (words.LEAD, 1.7), (words.HOW, 2.0), (words.WHY, 2.8), (words.WANTED, 2.6))
    return table(material, columns, rows, words.NOTHING_LATE)


def _late_row(material: Material, key: str) -> tuple[Cell, ...]:
    row = material.task(key)
    helpers = words.AND.get(material.lang).join(material.unit(one) for one in row["supporting_units"])
    with_whom = material.say(words.SUPPORT, units=helpers) if helpers else ""
    kind = row["difficulty_kind"]
    label = DIFFICULTY_LABELS[DifficultyKind(kind)].get(material.lang) if kind else ""
    return (
        task_cell(material, key, material.campaign.category_name(str(row["category"])).get(material.lang)),
        Cell(material.unit(row["lead_unit"]), with_whom),
        Cell(reasons(material, key), ink="red"),
        Cell(str(row["difficulty"]) or material.say(words.NOT_STATED), label),
        Cell(str(row["suggestion"]) or material.say(words.NOT_STATED)),
    )


def open_ladders(material: Material) -> list[Ladder]:
    """Ladders that are open, of tasks on the board: replies overdue first, then who waits longest."""
    known = [one for key, one in material.ladders.items() if one.open and key in material.board.tasks.index]
    return sorted(known, key=lambda one: (-one.reply_overdue_days, -one.days_waiting, one.task))


def difficult(material: Material) -> pd.DataFrame:
    """Tasks that are not finished and whose last report names a difficulty."""
    tasks = material.board.tasks
    named = (tasks["difficulty"] != "") | (tasks["difficulty_kind"] != "")
    return tasks[named & ~tasks["status"].isin(list(FINISHED))]


def difficulty_counts(material: Material) -> str:
    """How many difficulties there are of each kind."""
    counts = Counter(_kind(kind) for kind in difficult(material)["difficulty_kind"])
    parts = [f"{DIFFICULTY_LABELS[kind].get(material.lang)} {counts[kind]}" for kind in DifficultyKind if counts[kind]]
    return words.AND.get(material.lang).join(parts)


def _kind(kind: Any) -> DifficultyKind:  # noqa: ANN401  a cell of a frame
    return DifficultyKind(kind) if kind else DifficultyKind.OTHER


def difficulties(material: Material) -> Table:
    """Difficulties by kind, each with what is suggested and who answers."""
    tasks = difficult(material)
    order = {kind: place for place, kind in enumerate(DifficultyKind)}
    keys = sorted(
        urgent_first(material, tasks.index),
        key=lambda key: order[_kind(tasks.loc[key, "difficulty_kind"])],
    )
    rows = []
    for key in keys:
        row = tasks.loc[key]
        kind = DIFFICULTY_LABELS[_kind(row["difficulty_kind"])].get(material.lang)
        rows.append(
            (
                Cell(kind, bold=True),
                task_cell(material, key),
                Cell(str(row["difficulty"]) or material.say(words.NOT_STATED)),
                Cell(str(row["suggestion"]) or material.say(words.NOT_STATED)),
                Cell(material.unit(row["lead_unit"])),
            )
        )
    columns = ((words.KIND, 1.2), (words.TASK, 3.1), (words.WHY, 3.2), (words.WANTED, 3.0), (words.LEAD, 1.6))
    return table(material, columns, rows, words.NO_DIFFICULTY)


def due_next(material: Material) -> pd.DataFrame:
    """Tasks that are not finished and due from the day of the board on, as far as next steps look, soonest first."""
    tasks = material.board.tasks
    left = tasks["days_left"].astype("Float64").fillna(-1).to_numpy(dtype=float)
    soon = (left >= 0) & (left <= material.template.next_days) & ~tasks["status"].isin(list(FINISHED)).to_numpy()
    return tasks[soon].sort_values("due", kind="stable")


def next_steps(material: Material, *, short: bool = False) -> Table:
    """What is due next."""
    tasks, lang = due_next(material), material.lang
    rows = []
    for key in tasks.index:
        row = tasks.loc[key]
        day, percent = Cell(material.date(row["due"].date()), bold=True), int(row["percent"])
        status = STATUS_LABELS[Status(row["status"])].get(lang)
        unit = material.unit(row["lead_unit"])
        if short:
            rows.append(
                (
                    Cell(material.date(row["due"].date()), bold=True),
                    task_cell(material, key),
                    Cell(unit),
                    Cell(f"{percent}%"),
                )
            )
        else:
            rows.append((day, task_cell(material, key), Cell(unit), Cell(f"{status} {percent}%", share=percent / 100)))
    empty = words.NOTHING_NEXT.fill(days=material.template.next_days)
    if short:
        return table(
            material, ((words.DUE, 0.75), (words.TASK, 3.2), (words.LEAD, 1.3), (words.PERCENT, 0.75)), rows, empty
        )
    columns = ((words.DUE, 1.2), (words.TASK, 5.6), (words.LEAD, 2.4), (words.PERCENT, 2.0))
    return table(material, columns, rows, empty)


def ahead(material: Material) -> str:
    """Days that matter, as far as next steps look, or the next one of each kind beyond."""
    today, campaign = material.today, material.campaign
    last = today + timedelta(days=material.template.next_days)
    known: list[tuple[Any, str]] = []
    meetings = [one.astimezone(campaign.tz).date() for one in campaign.meetings if one > material.board.as_of]
    for day, label in (
        *((one, words.MEETING) for one in sorted(meetings)[:1]),
        (campaign.deadline, words.DEADLINE),
        (campaign.opening, words.OPENING),
    ):
        if day >= today:
            known.append((day, material.say(label, day=material.day(day))))
    replies = Counter(one.last.deadline for one in open_ladders(material) if one.waiting_for and one.last.deadline)
    for day, count in replies.items():
        if today <= day <= last:
            known.append((day, material.say(words.REPLY_DUE, day=material.day(day), n=count)))
    return words.AND.get(material.lang).join(text for _, text in sorted(known, key=lambda one: one[0]))


def floats(values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:  # noqa: ANN401  a column
    """A column as floats, NaN where there is no value."""
    return np.asarray(pd.to_numeric(values), dtype=np.float64)


_LOUD_MOST: Final = 9
_WAYS: Final = {Direction.WORSE: "red", Direction.BETTER: "green", Direction.MOVED: "accent"}
COUNTED: Final = tuple(move for move in Move if move not in {Move.REDEFINED, Move.OTHER})
"""Moves that are counted large; the list holds all of them."""


def move_figures(material: Material) -> tuple[KeyFigure, ...]:
    """How many tasks moved in each way; ways that nothing moved in are left out."""
    found = material.comparison.found
    counts = [(move, len(found.having(move))) for move in COUNTED]
    return tuple(KeyFigure(str(count), MOVE_LABELS[move].get(material.lang)) for move, count in counts if count)


def moved(material: Material) -> str:
    """What moved, in a sentence."""
    found = material.comparison.found
    if not found.tasks:
        return material.say(words.NOTHING_MOVED)
    counts = [(move, len(found.having(move))) for move in Move]
    moves = words.AND.get(material.lang).join(
        f"{MOVE_LABELS[move].get(material.lang)} {count}" for move, count in counts if count
    )
    label = words.MOVED_ONE if len(found.tasks) == 1 else words.MOVED
    return material.say(label, n=len(found.tasks), moves=moves)


def changes(material: Material, *, loud: bool = False) -> Table:
    """Every way in which a task moved, as the page of changes lists them; `loud`: only what got worse or better."""
    found = material.comparison.found
    rows = [_change(material, one, move) for move in Move for one in found.having(move)]
    if loud:
        told = [move for move in Move if direction_of((move,)) is not Direction.MOVED]
        rows = [_change(material, one, move)[:2] for move in told for one in found.having(move)]
        return table(material, ((words.MOVE, 1.3), (words.TASK, 4.0)), rows, words.NOTHING_MOVED, most=_LOUD_MOST)
    columns = ((words.MOVE, 1.6), (words.TASK, 5.2), (words.HOW, 3.3), (words.LEAD, 2.0))
    return table(material, columns, rows, words.NOTHING_MOVED)


def _change(material: Material, change: TaskChange, move: Move) -> tuple[Cell, ...]:
    row = material.task(change.task)
    return (
        Cell(MOVE_LABELS[move].get(material.lang), ink=_WAYS[direction_of((move,))], bold=True),
        task_cell(material, change.task),
        Cell(moved_how(change, move).get(material.lang)),
        Cell(material.unit(row["lead_unit"])),
    )


def ladder_figures(material: Material) -> tuple[KeyFigure, ...]:
    """How many steps wait for what."""
    known = [one for key, one in material.ladders.items() if key in material.board.tasks.index]
    still = open_ladders(material)
    counts = (
        (words.OPEN_STEPS, len(still)),
        (words.REPLY_OVERDUE, sum(one.reply_overdue_days > 0 for one in still)),
        (words.NO_RECEIPT, sum(one.waiting_for == "receipt" for one in still)),
        (words.NO_REPLY, sum(one.waiting_for == "reply" for one in still)),
        (words.TO_CLOSE, sum(one.waiting_for is None for one in still)),
        (words.CLOSED, len(known) - len(still)),
    )
    return tuple(KeyFigure(str(count), label.get(material.lang)) for label, count in counts)


def supervised(material: Material) -> Table:
    """Every open ladder with its last step, and what it waits for."""
    rows = [_ladder(material, one) for one in open_ladders(material)]
    first = ((words.NUMBER, 1.8), (words.TASK, 3.7), (words.RUNG, 1.1), (words.ADDRESSEE, 1.6))
    columns = (*first, (words.ISSUED, 0.8), (words.REPLY_BY, 0.9), (words.HOW, 2.3))
    return table(material, columns, rows, words.NO_SUPERVISION)


def _ladder(material: Material, one: Ladder) -> tuple[Cell, ...]:
    last, lang = one.last, material.lang
    stands = words.ANSWERED.get(lang)
    if one.waiting_for is not None:
        label = words.WAITS_RECEIPT if one.waiting_for == "receipt" else words.WAITS_REPLY
        yet = words.NO_RECEIPT_YET if one.waiting_for == "receipt" else words.NO_REPLY_YET
        stands = material.say(label, n=one.days_waiting) if one.days_waiting else material.say(yet)
    late_by = material.say(words.OVERDUE_BY, n=one.reply_overdue_days) if one.reply_overdue_days else ""
    above = material.say(words.PROPOSED, rung=LEVEL_LABELS[one.proposed].get(lang)) if one.proposed else ""
    return (
        Cell(notice_number(material.campaign, last).get(lang)),
        task_cell(material, one.task),
        Cell(LEVEL_LABELS[last.rung].get(lang), bold=True),
        Cell(material.unit(last.unit)),
        Cell(material.date(last.issued_at.astimezone(material.campaign.tz).date())),
        Cell(material.date(last.deadline)),
        Cell(
            late_by or stands,
            " · ".join(part for part in (stands if late_by else "", above) if part),
            ink="red" if late_by else "ink",
        ),
    )
