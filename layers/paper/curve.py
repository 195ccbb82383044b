"""Draw the curve of progress: planned, done, and how far the pace of the last weeks leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from layers.paper.canvas import MillimetreCanvas, TextStyle, polygon, polyline, rectangle
from layers.paper.features import circle
from layers.paper.font import cut, literal, width_em
from layers.paper.page import MM_PER_PT, Box

MOST_TICKS: Final = 8
_LEFT_EM: Final = 3.2
_TOP_EM: Final = 3.6
_BOTTOM_EM: Final = 2.4
_BAND: Final = 0.18
_STROKES: Final[Mapping[str, tuple[str, float, tuple[int, ...]]]] = {
    "finished": ("accent", 2.6, ()),
    "planned": ("muted", 1.4, (5, 3)),
    "at_pace": ("accent", 1.4, (2, 2)),
}
"""Ink, width and dashes in points of each line, in the order of the key."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Hold what is drawn.

    Parameters
    ----------
    days
        The days of the axis, one after another.
    planned, finished, low, at_pace, high
        Tasks by the end of each day; NaN where there is no value.
    tasks
        All tasks, the top of the axis.
    today
        The day of the board.
    milestones
        Days with their names.
    months
        Names of the twelve months.
    words
        Names of the lines by `planned`, `finished`, `at_pace`, and of the day by `today`.
    """

    days: tuple[date, ...]
    planned: NDArray[np.float64]
    finished: NDArray[np.float64]
    low: NDArray[np.float64]
    at_pace: NDArray[np.float64]
    high: NDArray[np.float64]
    tasks: int
    today: date
    milestones: tuple[tuple[date, str], ...]
    months: tuple[str, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turn days and counts into millimetres of the page."""

    box: Box
    first: date
    span: int
    most: int

    def x(self, day: float) -> float:
        return self.box.left + self.box.width * day / max(self.span, 1)

    def of(self, day: date) -> float:
        return self.x((day - self.first).days + 1)

    def y(self, count: float) -> float:
        return self.box.bottom - self.box.height * count / max(self.most, 1)


def draw_curve(canvas: MillimetreCanvas, box: Box, curve: Curve, inks: Mapping[str, str], *, em_pt: float) -> None:
    """Draw it into a box of the page."""
    em = em_pt * MM_PER_PT
    inner = Box(
        box.left + _LEFT_EM * em,
        box.top + _TOP_EM * em,
        box.width - (_LEFT_EM + 1.0) * em,
        box.height - (_TOP_EM + _BOTTOM_EM) * em,
    )
    frame = _Frame(inner, curve.days[0], len(curve.days), curve.tasks)
    _axes(canvas, frame, curve, inks, em_pt)
    _band(canvas, frame, curve, inks)
    for name in ("planned", "at_pace", "finished"):
        ink, width, dash = _STROKES[name]
        _line(canvas, frame, getattr(curve, name), inks[ink], width, dash)
    _marks(canvas, frame, curve, inks, em_pt)
    _key(canvas, box, curve, inks, em_pt)


def _axes(canvas: MillimetreCanvas, frame: _Frame, curve: Curve, inks: Mapping[str, str], em_pt: float) -> None:
    em, box = em_pt * MM_PER_PT, frame.box
    small = TextStyle(em_pt * 0.85, inks["muted"])
    steps = (factor * 10**power for power in range(9) for factor in (1, 2, 5))
    step = next(one for one in steps if curve.tasks / one <= MOST_TICKS)
    for count in range(0, curve.tasks + 1, step):
        y = frame.y(count)
        canvas.line(polyline(((box.left, y), (box.right, y))), inks["rule"], 0.5)
        canvas.text((box.left - 0.6 * em, y), f"{count}", small, ha="right", va="center")
    for day in curve.days:
        if day.day == 1:
            x = frame.of(day) - frame.box.width / max(frame.span, 1)
            canvas.line(polyline(((x, box.bottom), (x, box.bottom + 0.4 * em))), inks["muted"], 0.6)
            room = frame.box.width * 30 / max(frame.span, 1)
            if room > 2.2 * em:
                name = literal(curve.months[day.month - 1])
                canvas.text((x + room / 2, box.bottom + 1.6 * em), name, small, ha="center")
    canvas.line(polyline(((box.left, box.bottom), (box.right, box.bottom))), inks["ink"], 0.8)


def _band(canvas: MillimetreCanvas, frame: _Frame, curve: Curve, inks: Mapping[str, str]) -> None:
    known = np.flatnonzero(~np.isnan(curve.low))
    if len(known) > 1:
        over = [(frame.x(day + 1), frame.y(curve.high[day])) for day in known.tolist()]
        under = [(frame.x(day + 1), frame.y(curve.low[day])) for day in known[::-1].tolist()]
        canvas.fill(polygon([*over, *under]), inks["accent"], alpha=_BAND, gid="band")


def _line(
    canvas: MillimetreCanvas,
    frame: _Frame,
    values: NDArray[np.float64],
    colour: str,
    width: float,
    dash: Sequence[float],
) -> None:
    """Draw a line of which each day's value stands at the day's end."""
    known = np.flatnonzero(~np.isnan(values))
    if len(known) > 1:
        points = [(frame.x(day + 1), frame.y(values[day])) for day in known.tolist()]
        canvas.line(polyline(points), colour, width, dash_pt=dash, gid="curve")


def _marks(canvas: MillimetreCanvas, frame: _Frame, curve: Curve, inks: Mapping[str, str], em_pt: float) -> None:
    em, box = em_pt * MM_PER_PT, frame.box
    rows: list[float] = []
    marks = [(day, name, "red") for day, name in curve.milestones]
    for day, name, ink in sorted([*marks, (curve.today, curve.words["today"], "accent")]):
        if not curve.days[0] <= day <= curve.days[-1]:
            continue
        x, words = frame.of(day), literal(name)
        canvas.line(polyline(((x, box.top), (x, box.bottom))), inks[ink], 1.1, dash_pt=(4, 2.5))
        width = width_em(words) * em * 0.9
        left = min(max(x - width / 2, box.left), box.right - width)
        row = next((i for i, end in enumerate(rows) if end < left), len(rows))
        rows[row : row + 1] = [left + width + 0.8 * em]
        baseline = box.top - (0.5 + 1.25 * min(row, 1)) * em
        canvas.text(
            (left, baseline), words, TextStyle(em_pt * 0.9, inks[ink], bold=True, halo=inks["halo"]), gid="mark"
        )
    _now(canvas, frame, curve, inks, em_pt)


def _now(canvas: MillimetreCanvas, frame: _Frame, curve: Curve, inks: Mapping[str, str], em_pt: float) -> None:
    """Write how many tasks are done, and how many should be, at the day of the board."""
    em, place = em_pt * MM_PER_PT, (curve.today - curve.days[0]).days
    if not 0 <= place < len(curve.days) or np.isnan(curve.finished[place]):
        return
    done, planned = curve.finished[place], curve.planned[place]
    apart = 0.9 * em if abs(frame.y(done) - frame.y(planned)) < 1.6 * em else 0.0
    lower = done <= planned
    for value, ink, down in ((done, "accent", lower), (planned, "muted", not lower)):
        y = frame.y(value)
        canvas.fill(circle(frame.x(place + 1), y, 0.32 * em), inks[ink])
        shift = apart if down else -apart
        text = TextStyle(em_pt * 1.15, inks[ink], bold=True, halo=inks["halo"])
        canvas.text((frame.x(place + 1) + 0.7 * em, y + shift), f"{value:.0f}", text, va="center", gid="value")


def _key(canvas: MillimetreCanvas, box: Box, curve: Curve, inks: Mapping[str, str], em_pt: float) -> None:
    """Name the lines above the axes."""
    em, left, y = em_pt * MM_PER_PT, box.left + _LEFT_EM * em_pt * MM_PER_PT, box.top + 0.5 * em_pt * MM_PER_PT
    for name, (ink, width, dash) in _STROKES.items():
        if name == "at_pace":
            canvas.fill(rectangle(left, y - 0.45 * em, left + 2.4 * em, y + 0.45 * em), inks["accent"], alpha=_BAND)
        canvas.line(polyline(((left, y), (left + 2.4 * em, y))), inks[ink], width, dash_pt=dash)
        words = cut(literal(curve.words[name]), 24)
        canvas.text((left + 2.9 * em, y), words, TextStyle(em_pt * 0.9, inks["ink"]), va="center_baseline", gid="key")
        left += (2.9 + width_em(words) * 0.9 + 2.0) * em
