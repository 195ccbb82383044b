"""Tell the curve and the schedule as plain tables, for whoever cannot see the charts or wants the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import isnan
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from services.board.progress import Progress
from views.progress.gantt import NOTHING, gantt_rows
from views.shared.context import PageContext


def show(context: PageContext, progress: Progress) -> None:
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
