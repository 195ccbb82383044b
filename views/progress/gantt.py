"""Draw the schedule of all tasks, planned and real, where a row opens its task; curve and schedule as tables too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import isnan
from typing import Any, Final
from urllib.parse import urlencode

import altair as alt
import pandas as pd
import streamlit as st

from geo.model.status import BLOCKED, LIGHT_GLYPHS, LIGHT_LABELS, LIGHT_ORDER, STATUS_LABELS, Light, Status
from layers.style import light_colour
from services.board.progress import Progress
from views.progress import paint
from views.shared.context import PageContext
from views.shared.links import kept

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
    shorts = context.opened.loaded.units[f"short_{lang}"]
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
    words = [Status(status).label.get(context.lang)] if status in BLOCKED else []
    if left < 0:
        words.append(_("overdue by {days} d").format(days=-left))
    elif light is Light.YELLOW:
        words.append(_("{days} d left").format(days=left) if left else _("due today"))
    return f"{LIGHT_GLYPHS[light]} {' · '.join(words)}"


ROW_PX: Final = 20
AXIS_PX: Final = 45
ROOM: Final = 3
"""Empty rows at the top, for the names of phases and days."""

HEAD: Final = "▍"
"""What the name of a category begins with, to be set in bold."""

NAME_PX: Final = 260
ROWS: Final = (20, 36)
"""Heights of the names of days, below the names of the phases."""


def show(context: PageContext, progress: Progress) -> None:
    """Draw the chart, which scrolls sideways where the screen is narrow; choosing a row opens its task."""
    _ = context.words.gettext
    st.html(
        f'<h3 class="onemap-part">{escape(_("Schedule of the {n} tasks").format(n=len(progress.schedule)))}</h3>'
        f"{_key(context)}"
    )
    words = _("Planned and real time of every task; the same as a table below.")
    with st.container(key="gantt"):
        chosen = st.altair_chart(
            _chart(context, progress), width="stretch", key="gantt-chart", on_select="rerun", alt=words
        )
    rows: list[dict[str, Any]] = chosen.get("selection", {}).get("task", [])
    if rows and str(rows[0].get("id", "")) in progress.schedule.index:
        query = {"id": str(rows[0]["id"])} | kept(context)
        st.switch_page(st.session_state["pages"]["task"], query_params=query)


def _key(context: PageContext) -> str:
    _ = context.words.gettext
    words = {light: f"{LIGHT_GLYPHS[light]} {escape(LIGHT_LABELS[light].get(context.lang))}" for light in LIGHT_ORDER}
    lights = "".join(f'<span class="light-{light}"><i></i>{word}</span>' for light, word in words.items())
    marks = (("bar", _("planned: start to due date")), ("line", _("real: first report to completion")))
    more = "".join(f'<span class="{name}"><i></i>{escape(text)}</span>' for name, text in marks)
    return f'<div class="onemap-gantt-key">{lights}{more}</div>'


def _chart(context: PageContext, progress: Progress) -> alt.LayerChart | alt.FacetChart:
    rows = gantt_rows(context, progress)
    names = _in_order(context, rows)
    y = _names(context, names)
    layers = [
        *paint.calendar(context, progress, orient="top"),
        *_bars(context, rows, y),
        *paint.labels(context, rows=ROWS),
        _touch(context, progress, rows, y),
    ]
    return alt.layer(*layers).properties(height=ROW_PX * len(names) + AXIS_PX)


def _in_order(context: PageContext, rows: pd.DataFrame) -> list[str]:
    """Names of the rows from top to bottom: room for the days, then each category and its tasks."""
    names = [" " * (place + 1) for place in range(ROOM)]
    for category, tasks in rows.groupby("category", sort=False):
        names += [f"{HEAD}{context.campaign.category_name(str(category)).get(context.lang)}", *tasks["row"]]
    return names


def _names(context: PageContext, names: list[str]) -> alt.Y:
    bold = {"condition": {"test": f"substring(datum.label, 0, 1) == '{HEAD}'", "value": 700}, "value": 400}
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        grid=False,
        labelAlign="left",
        labelPadding=NAME_PX,
        labelLimit=NAME_PX - 8,
        labelFontWeight=bold,
        labelColor=paint.ink(context.theme, "ink"),
        labelFontSize=paint.TEXT_PX,
        labelOverlap=False,
    )
    return alt.Y("row:N", sort=names, scale=alt.Scale(domain=names, paddingInner=0.3), axis=axis)


def _bars(context: PageContext, rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    ink = paint.ink(context.theme, "ink")
    planned, begun, ended = (rows.dropna(subset=[column]) for column in ("at", "begun", "finished"))
    colour = alt.Color("colour:N", scale=None)
    bars = alt.Chart(planned).mark_bar(clip=True, cornerRadius=2, aria=False)
    real = alt.Chart(begun.assign(at=begun["begun"])).mark_bar(clip=True, size=3, color=ink, opacity=0.85, aria=False)
    done = alt.Chart(ended.assign(at=ended["finished"])).mark_point(
        clip=True, filled=True, size=42, color=ink, opacity=1
    )
    words = alt.Chart(rows.assign(at=rows["last"])).encode(x=paint.X, y=y, text="word:N")
    halo, text = paint.text(words, context.theme, align="left", dx=7, baseline="middle")
    return [
        bars.encode(x=paint.X, x2="to:T", y=y, color=colour, opacity=alt.Opacity("loud:Q", scale=None)),
        real.encode(x=paint.X, x2="until:T", y=y),
        done.encode(x=paint.X, y=y),
        halo,
        text.encode(color=colour),
    ]


def _touch(context: PageContext, progress: Progress, rows: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """Lie over each row: it says what the task is, and opens it."""
    _ = context.words.gettext
    titles = {
        "row": _("Task"),
        "unit": _("Unit"),
        "light": _("Light"),
        "state": _("Status"),
        "plan": _("planned"),
        "real": _("real"),
    }
    tips = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]
    texts = rows[["id", *titles]]
    tells = [", ".join(cells) for cells in texts.drop(columns="id").to_numpy().tolist()]
    span = {"at": paint.first_day(context, progress), "to": paint.end_of(context.campaign.end)}
    mark: alt.Chart = alt.Chart(texts.assign(**span, tells=tells)).mark_bar(opacity=0, size=ROW_PX, cursor="pointer")
    choose = alt.selection_point(name="task", fields=["id"], on="click", clear=False, toggle=False)
    return mark.encode(x=paint.X, x2="to:T", y=y, tooltip=tips, detail="id:N", description="tells:N").add_params(choose)


def show_tables(context: PageContext, progress: Progress) -> None:
    """Draw both tables, folded."""
    _ = context.words.gettext
    with st.expander(_("The curve as a table"), key="progress-curve-table"):
        heads = (_("Day"), _("planned"), _("done"), _("forecast"))
        st.html(_table(heads, _days(progress)))
    with st.expander(_("The schedule as a table"), key="gantt-table"):
        columns = (_("Task"), _("Unit"), _("Light"), _("Status"), _("planned"), _("real"))
        st.html(_table(columns, _tasks(context, progress)))


def _days(progress: Progress) -> Iterable[list[str]]:
    """Every Sunday, the chosen day and the day of the forecast."""
    marked = {pd.Timestamp(progress.day), *(pd.Timestamp(one.day) for one in progress.forecasts)}
    for day, row in progress.curve.iterrows():
        at = pd.Timestamp(str(day))
        if at in marked or at.day_name() == "Sunday":
            low, high = (_count(row[name]) for name in ("low", "high"))
            yield [
                f"{at:%Y-%m-%d}",
                _count(row["planned"]),
                _count(row["finished"]),
                low if low == high else f"{low}–{high}",
            ]


def _count(cell: float) -> str:
    return NOTHING if isnan(cell) else f"{cell:.0f}"


def _tasks(context: PageContext, progress: Progress) -> Iterable[list[str]]:
    rows = gantt_rows(context, progress)
    texts = rows[["unit", "light", "state", "plan", "real"]].to_numpy().tolist()
    for number, name, cells in zip(rows["id"], rows["row"], texts, strict=True):
        address = f"task?{urlencode({'id': number, 'lang': context.lang})}"
        yield [f'<a href="{escape(address)}" target="_self">{escape(name)}</a>', *map(escape, cells)]


def _table(heads: Sequence[str], rows: Iterable[list[str]]) -> str:
    """Return a table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="onemap-table-box"><table class="onemap-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
