"""Put the schedule into rows as the Gantt chart and its table read them: days, colours and words of each task."""

from __future__ import annotations

from typing import Final

import pandas as pd

from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS, Light, Status
from layers.style import light_colour
from services.board.progress import Progress
from views.progress import paint
from views.shared.context import PageContext

LOUDNESS: Final = {Light.RED: 0.9, Light.YELLOW: 0.9, Light.GREEN: 0.6, Light.NONE: 0.4, Light.DONE: 0.4}
"""Quiet when fine, loud when late."""

NOTHING: Final = "–"


def gantt_rows(context: PageContext, progress: Progress) -> pd.DataFrame:
    """Rows of the schedule, in its order.

    Returns
    -------
    By task: `id`, `category`, `row` (number and title), `unit`, `light`, `state`, `plan`, `real` and `word` (number,
    glyph and why) as texts of the screen; `at` to `to` is planned, `begun` to `until` real, `finished` the end of the
    last day, `last` where the word stands, as naive instants, NaT where there is none; `colour` and `loud` of the bar.
    """
    tasks, lang = progress.schedule, context.lang
    shorts = context.desk.loaded.units[f"short_{lang}"]
    lights = [Light(one) for one in tasks["light"]]
    table = pd.DataFrame(
        {
            "category": tasks["category"].to_numpy(),
            "row": [f"{id_} {title}" for id_, title in _titles(context, tasks).items()],
            "unit": [str(shorts.get(unit, unit)) for unit in tasks["lead_unit"]],
            "light": [f"{LIGHT_GLYPHS[one]} {LIGHT_LABELS[one].get(lang)}" for one in lights],
            "state": _states(context, tasks),
            "plan": _spans(tasks["planned_start"], tasks["due"]),
            "real": _spans(tasks["begun"], tasks["finished"]),
            "word": [f"{id_} {word}" for id_, word in zip(tasks.index, _words(context, tasks, lights), strict=True)],
            "colour": [light_colour(one, context.theme) for one in lights],
            "loud": [LOUDNESS[one] for one in lights],
        },
        index=tasks.index,
    )
    return table.join(_instants(context, tasks)).reset_index(names="id")


def _titles(context: PageContext, tasks: pd.DataFrame) -> pd.Series:
    first, second = ("title_zh", "title_en") if context.lang == "zh" else ("title_en", "title_zh")
    return tasks[first].where(tasks[first] != "", tasks[second])


def _states(context: PageContext, tasks: pd.DataFrame) -> list[str]:
    names = [STATUS_LABELS[Status(one)].get(context.lang) for one in tasks["status"]]
    return [f"{name} {percent} %" for name, percent in zip(names, tasks["percent"], strict=True)]


def _spans(first: pd.Series, last: pd.Series) -> list[str]:
    """Write two days each; a dash for one that is not known."""
    days = [one.dt.strftime("%Y-%m-%d").fillna(NOTHING) for one in (first, last)]
    return [f"{start} – {end}" if (start, end) != (NOTHING,) * 2 else NOTHING for start, end in zip(*days, strict=True)]


def _instants(context: PageContext, tasks: pd.DataFrame) -> pd.DataFrame:
    campaign, today = context.campaign, paint.end_of(context.day)
    finished, due = tasks["finished"] + paint.DAY, tasks["due"] + paint.DAY
    until = finished.fillna(today).where(tasks["begun"].notna())
    start = tasks["planned_start"].fillna(tasks["due"]).where(tasks["due"].notna())
    last = pd.concat([due, until], axis="columns").max(axis="columns").fillna(pd.Timestamp(campaign.start))
    return pd.DataFrame(
        {
            "at": start,
            "to": due,
            "begun": tasks["begun"],
            "until": until,
            "finished": finished,
            "last": last.where(last < paint.end_of(campaign.end), paint.end_of(campaign.end)),
        }
    )


def _words(context: PageContext, tasks: pd.DataFrame, lights: list[Light]) -> list[str]:
    left = [None if pd.isna(one) else int(one) for one in tasks["days_left"]]
    cells = zip(tasks["status"].astype(str), left, lights, strict=True)
    return [_word(context, status, days, light) for status, days, light in cells]


def _word(context: PageContext, status: str, left: int | None, light: Light) -> str:
    """Glyph of the light; where someone must act, also why."""
    _ = context.words.gettext
    if left is None and light is not Light.DONE:
        return f"{LIGHT_GLYPHS[light]} {_('no due date')}"
    if light not in {Light.RED, Light.YELLOW} or left is None:
        return LIGHT_GLYPHS[light]
    words = [STATUS_LABELS[Status.BLOCKED].get(context.lang)] if status == Status.BLOCKED else []
    if left < 0:
        words.append(_("overdue by {days} d").format(days=-left))
    elif light is Light.YELLOW:
        words.append(_("{days} d left").format(days=left) if left else _("due today"))
    return f"{LIGHT_GLYPHS[light]} {' · '.join(words)}"
