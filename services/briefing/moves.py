"""Make the tables of what moved since a meeting and of what is under supervision, from the facts of a briefing."""

from __future__ import annotations

from typing import Final

from exports.document.model import Cell, Table
from geo.model.supervision import LEVEL_LABELS
from geo.supervision.ladder import Ladder
from geo.tasks.changes import MOVE_LABELS, Direction, Move, TaskChange, direction_of
from layers.paper.page import KeyFigure
from services.board.changes import moved_how
from services.briefing import words
from services.briefing.material import Material
from services.briefing.tables import open_ladders, table, task_cell
from services.supervision.notice import notice_number

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
