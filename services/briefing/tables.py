"""Make the tables and sentences of a briefing from its facts: tasks, difficulties, what moved, supervision.

A table of tasks is a list of columns, each with what makes its cell from a task; a cell without a look is a text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

import pandas as pd

from exports.document.model import Align, Cell, Column, Table
from geo.model.status import DIFFICULTY_LABELS, FINISHED, STATUS_LABELS, DifficultyKind, Light, Status
from geo.model.supervision import LEVEL_LABELS
from geo.supervision.ladder import Ladder
from geo.tasks.attention import ReasonKind
from geo.tasks.attention_words import clause, one_sentence
from geo.tasks.changes import MOVE_LABELS, Direction, Move, TaskChange, direction_of
from geo.tasks.filters import Filters, match_tasks
from layers.paper.page import KeyFigure
from locales import Label, Text
from services.board.changes import moved_how
from services.briefing.material import Material
from services.supervision.notice import notice_number

AND: Final = Text(", ")
NONE_STATED: Final = "—"
NO_TASKS: Final = Text("There are no tasks.")
TASK: Final = Text("Task")
TASKS: Final = Text("Tasks")
UNIT: Final = Text("Unit")
LEAD: Final = Text("Who answers", context="briefing")
HOW: Final = Text("How it stands")
WHY: Final = Text("Difficulty")
KIND: Final = Text("Kind", context="briefing")
DUE: Final = Text("Due", context="briefing")
CATEGORY: Final = Text("Category", context="briefing")
DEADLINE: Final = Text("deadline on {day}")
OPENING: Final = Text("opening on {day}")
_WANTED: Final = Text("Suggestion")
_PERCENT: Final = Text("Progress")
_MOVE: Final = Text("Change", context="briefing")
_NOTHING_LATE: Final = Text("No task is late or blocked.")
_NOTHING_MOVED: Final = Text("Nothing moved in this time.", context="briefing")
_PRESSING: Final = (Light.RED, Light.YELLOW)
_DATED: Final = (ReasonKind.OVERDUE, ReasonKind.BLOCKED, ReasonKind.DUE_SOON)

Head = tuple[Label, float] | tuple[Label, float, Align]
"""Title of a column, its share of the width, and how it is set."""
TaskColumn = tuple[Label, float, Callable[[Material, str], Cell | str]]
"""Title of a column, its share of the width, and what makes its cell from the id of a task."""


def table(
    material: Material, heads: Iterable[Head], rows: Iterable[Iterable[Cell | str]], empty: Label, most: int = 0
) -> Table:
    """A table in the language of the document; its heads begin with a capital."""
    lang = material.lang
    columns = tuple(Column(capital(title.get(lang)), *look) for title, *look in heads)
    cells = tuple(tuple(one if isinstance(one, Cell) else Cell(one) for one in row) for row in rows)
    more = Text("and {n} more", context="sheet").get(lang)
    return Table(columns, cells, empty.get(lang), more=more, most=most)


def table_of_tasks(material: Material, tasks: Iterable[str], columns: Iterable[TaskColumn], empty: Label) -> Table:
    """A table with a row for each task."""
    every = list(columns)
    rows = [[make(material, task) for _, _, make in every] for task in tasks]
    return table(material, [(title, weight) for title, weight, _ in every], rows, empty)


def capital(text: str) -> str:
    """A text with a capital at its beginning, for what stands alone."""
    return text[:1].upper() + text[1:]


def urgent_first(material: Material, tasks: Iterable[str]) -> list[str]:
    """Tasks in the order of the attention list; those that are not on it last."""
    place = {task: number for number, task in enumerate(material.needed)}
    return sorted(tasks, key=lambda task: place.get(task, len(place)))


def reasons(material: Material, task: str) -> str:
    """Why a task needs somebody, in a sentence."""
    need = material.needed.get(task)
    return one_sentence([clause(one) for one in need.reasons]).get(material.lang) if need else ""


def _standing(material: Material, task: str) -> str:
    """How late a task is, how long it is blocked or when it is due, and nothing else."""
    need = material.needed.get(task)
    dated = [clause(one) for one in need.reasons if one.kind in _DATED] if need else []
    return one_sentence(dated).get(material.lang)


def task_cell(material: Material, task: str, note: str = "") -> Cell:
    """A task with its light."""
    return Cell(material.title(task), note, Light(material.task(task)["light"]))


def lead(material: Material, task: str) -> str:
    """The unit that answers for a task."""
    return material.unit(material.task(task)["lead_unit"])


def _with_lead(material: Material, task: str) -> Cell:
    return task_cell(material, task, lead(material, task))


def _with_category(material: Material, task: str) -> Cell:
    category = material.campaign.category_name(str(material.task(task)["category"]))
    return task_cell(material, task, category.get(material.lang))


def _lead_with_support(material: Material, task: str) -> Cell:
    helpers = AND.get(material.lang).join(material.unit(one) for one in material.task(task)["supporting_units"])
    return Cell(lead(material, task), material.say(Text("with {units}"), units=helpers) if helpers else "")


def _difficulty(material: Material, task: str) -> str:
    return str(material.task(task)["difficulty"]) or NONE_STATED


def _difficulty_with_kind(material: Material, task: str) -> Cell:
    kind = material.task(task)["difficulty_kind"]
    label = DIFFICULTY_LABELS[DifficultyKind(kind)].get(material.lang) if kind else ""
    return Cell(_difficulty(material, task), label)


def _suggestion(material: Material, task: str) -> str:
    return str(material.task(task)["suggestion"]) or NONE_STATED


def _due(material: Material, task: str) -> Cell:
    return Cell(material.date(material.task(task)["due"].date()), bold=True)


def _percent(material: Material, task: str) -> str:
    return f"{int(material.task(task)['percent'])}%"


def status(material: Material, task: str) -> str:
    """How far a task is."""
    word = STATUS_LABELS[Status(material.task(task)["status"])].get(material.lang)
    return f"{word} {_percent(material, task)}"


def _status_with_bar(material: Material, task: str) -> Cell:
    return Cell(status(material, task), share=int(material.task(task)["percent"]) / 100)


def pressing(material: Material, zone: str) -> Table:
    """Tasks of a zone that are late, blocked or due soon, the most urgent first."""
    board = material.board
    mask = match_tasks(board, Filters(zones=frozenset({zone})))
    tasks = board.tasks[mask & board.tasks["light"].isin(list(_PRESSING)).to_numpy()]
    columns = ((Text("Late, blocked or due soon"), 3.0, _with_lead), (HOW, 1.7, _standing))
    empty = Text("No task is late, blocked or due soon.")
    return table_of_tasks(material, urgent_first(material, tasks.index), columns, empty)


def by_category(material: Material) -> Table:
    """How far each category is, and how much of it is late or blocked."""
    rows = [
        (
            material.campaign.category_name(one.key).get(material.lang),
            f"{sum(one.by_status[status] for status in FINISHED)} / {one.tasks}",
            Cell(f"{one.by_light[Light.RED]}", ink="red" if one.by_light[Light.RED] else "muted", bold=True),
        )
        for one in material.summary.by_category
    ]
    heads = ((CATEGORY, 3.0), (Text("Done", context="briefing"), 0.8), (Text("Late or blocked"), 1.6))
    return table(material, heads, rows, NO_TASKS)


def late(material: Material, *, short: bool = False) -> Table:
    """Late and blocked tasks, why, and who answers."""

    def red(words: Callable[[Material, str], str]) -> Callable[[Material, str], Cell]:
        return lambda material, task: Cell(words(material, task), ink="red")

    columns: tuple[TaskColumn, ...] = (
        (TASK, 3.2, _with_category),
        (LEAD, 1.7, _lead_with_support),
        (HOW, 2.0, red(reasons)),
        (WHY, 2.8, _difficulty_with_kind),
        (_WANTED, 2.6, _suggestion),
    )
    if short:
        columns = ((TASK, 3.4, task_cell), (LEAD, 1.3, lead), (HOW, 1.3, red(_standing)))
    tasks = material.board.tasks
    return table_of_tasks(
        material, urgent_first(material, tasks.index[tasks["light"] == Light.RED]), columns, _NOTHING_LATE
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
    counts = Counter(_kind(material, task) for task in difficult(material).index)
    parts = [f"{DIFFICULTY_LABELS[kind].get(material.lang)} {counts[kind]}" for kind in DifficultyKind if counts[kind]]
    return AND.get(material.lang).join(parts)


def _kind(material: Material, task: str) -> DifficultyKind:
    return DifficultyKind(material.task(task)["difficulty_kind"] or DifficultyKind.OTHER)


def _kind_cell(material: Material, task: str) -> Cell:
    return Cell(DIFFICULTY_LABELS[_kind(material, task)].get(material.lang), bold=True)


def difficulties(material: Material) -> Table:
    """Difficulties by kind, each with what is suggested and who answers."""
    order = list(DifficultyKind)
    tasks = urgent_first(material, difficult(material).index)
    tasks.sort(key=lambda task: order.index(_kind(material, task)))
    columns = (
        (KIND, 1.2, _kind_cell),
        (TASK, 3.1, task_cell),
        (WHY, 3.2, _difficulty),
        (_WANTED, 3.0, _suggestion),
        (LEAD, 1.6, lead),
    )
    return table_of_tasks(material, tasks, columns, Text("No difficulty needs coordination."))


def due_next(material: Material) -> pd.DataFrame:
    """Tasks that are not finished and due from the day of the board on, as far as next steps look, soonest first."""
    tasks = material.board.tasks
    left = tasks["days_left"].astype("Float64").fillna(-1).to_numpy(dtype=float)
    soon = (left >= 0) & (left <= material.template.next_days) & ~tasks["status"].isin(list(FINISHED)).to_numpy()
    return tasks[soon].sort_values("due", kind="stable")


def next_steps(material: Material, *, short: bool = False) -> Table:
    """What is due next."""
    columns: tuple[TaskColumn, ...] = (
        (DUE, 1.2, _due),
        (TASK, 5.6, task_cell),
        (LEAD, 2.4, lead),
        (_PERCENT, 2.0, _status_with_bar),
    )
    if short:
        columns = ((DUE, 0.75, _due), (TASK, 3.2, task_cell), (LEAD, 1.3, lead), (_PERCENT, 0.75, _percent))
    empty = Text("No task is due in the next {days} days.", days=material.template.next_days)
    return table_of_tasks(material, due_next(material).index, columns, empty)


def ahead(material: Material) -> str:
    """Days that matter, as far as next steps look, or the next one of each kind beyond."""
    today, campaign = material.today, material.campaign
    last = today + timedelta(days=material.template.next_days)
    meetings = sorted(one.astimezone(campaign.tz).date() for one in campaign.meetings if one > material.board.as_of)
    days = (
        *((one, Text("meeting on {day}")) for one in meetings[:1]),
        (campaign.deadline, DEADLINE),
        (campaign.opening, OPENING),
    )
    known = [(day, material.say(label, day=material.day(day))) for day, label in days if day >= today]
    replies = Counter(one.last.deadline for one in open_ladders(material) if one.waiting_for and one.last.deadline)
    for day, count in replies.items():
        if today <= day <= last:
            reply = material.say(Text("{n} replies to supervision by {day}"), day=material.day(day), n=count)
            known.append((day, reply))
    return AND.get(material.lang).join(text for _, text in sorted(known, key=lambda one: one[0]))


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
        return material.say(_NOTHING_MOVED)
    counts = [(move, len(found.having(move))) for move in Move]
    moves = AND.get(material.lang).join(
        f"{MOVE_LABELS[move].get(material.lang)} {count}" for move, count in counts if count
    )
    one, many = Text("One task moved in this time: {moves}."), Text("{n} tasks moved in this time: {moves}.")
    return material.say(one if len(found.tasks) == 1 else many, n=len(found.tasks), moves=moves)


def changes(material: Material, *, loud: bool = False) -> Table:
    """Every way in which a task moved, as the page of changes lists them; `loud`: only what got worse or better."""
    found = material.comparison.found
    if loud:
        counted = [move for move in Move if direction_of((move,)) is not Direction.MOVED]
        rows = [_change(material, one, move)[:2] for move in counted for one in found.having(move)]
        return table(material, ((_MOVE, 1.3), (TASK, 4.0)), rows, _NOTHING_MOVED, most=_LOUD_MOST)
    rows = [_change(material, one, move) for move in Move for one in found.having(move)]
    return table(material, ((_MOVE, 1.6), (TASK, 5.2), (HOW, 3.3), (LEAD, 2.0)), rows, _NOTHING_MOVED)


def _change(material: Material, change: TaskChange, move: Move) -> tuple[Cell | str, ...]:
    return (
        Cell(MOVE_LABELS[move].get(material.lang), ink=_WAYS[direction_of((move,))], bold=True),
        task_cell(material, change.task),
        moved_how(change, move).get(material.lang),
        lead(material, change.task),
    )


def ladder_figures(material: Material) -> tuple[KeyFigure, ...]:
    """How many steps wait for what."""
    known = [one for key, one in material.ladders.items() if key in material.board.tasks.index]
    still = open_ladders(material)
    counts = (
        (Text("still open"), len(still)),
        (Text("reply overdue"), sum(one.reply_overdue_days > 0 for one in still)),
        (Text("without receipt"), sum(one.waiting_for == "receipt" for one in still)),
        (Text("without reply"), sum(one.waiting_for == "reply" for one in still)),
        (Text("to be closed"), sum(one.waiting_for is None for one in still)),
        (Text("closed"), len(known) - len(still)),
    )
    return tuple(KeyFigure(str(count), label.get(material.lang)) for label, count in counts)


def supervised(material: Material) -> Table:
    """Every open ladder with its last step, and what it waits for."""
    heads = (
        (Text("Number", context="briefing"), 1.8),
        (TASK, 3.7),
        (Text("Step", context="briefing"), 1.1),
        (Text("Addressee", context="briefing"), 1.6),
        (Text("Issued"), 0.8),
        (Text("Reply by"), 0.9),
        (HOW, 2.3),
    )
    rows = [_ladder(material, one) for one in open_ladders(material)]
    return table(material, heads, rows, Text("Nothing is under supervision."))


def _ladder(material: Material, one: Ladder) -> tuple[Cell | str, ...]:
    last, lang, stands = one.last, material.lang, _waits(material, one)
    late_by = material.say(Text("reply {n} d late"), n=one.reply_overdue_days) if one.reply_overdue_days else ""
    above = (
        material.say(Text("proposed next: {rung}"), rung=LEVEL_LABELS[one.proposed].get(lang)) if one.proposed else ""
    )
    return (
        notice_number(material.campaign, last).get(lang),
        task_cell(material, one.task),
        Cell(LEVEL_LABELS[last.rung].get(lang), bold=True),
        material.unit(last.unit),
        material.date(last.issued_at.astimezone(material.campaign.tz).date()),
        material.date(last.deadline),
        Cell(
            late_by or stands,
            " · ".join(part for part in (stands if late_by else "", above) if part),
            ink="red" if late_by else "ink",
        ),
    )


def _waits(material: Material, one: Ladder) -> str:
    """What the last step of a ladder waits for, and how long already."""
    if one.waiting_for is None:
        return material.say(Text("answered, may be closed"))
    receipt = one.waiting_for == "receipt"
    if not one.days_waiting:
        return material.say(Text("no receipt yet") if receipt else Text("no reply yet"))
    return material.say(Text("no receipt for {n} d") if receipt else Text("no reply for {n} d"), n=one.days_waiting)
