"""Draw the schedule of all tasks: planned as bars in the colours of lights, real as lines; a row opens its task."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, LIGHT_ORDER
from services.board.progress import Progress
from views.progress import paint
from views.progress.gantt_rows import gantt_rows
from views.shared.context import PageContext
from views.shared.links import kept

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
