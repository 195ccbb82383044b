"""Draw how many tasks should be done, are done and are forecast to be done, with the forecast in a sentence."""

from __future__ import annotations

from html import escape
from typing import Final, Literal

import altair as alt
import pandas as pd
import streamlit as st

from geo.model.status import Light
from geo.tasks.forecast import Outlook
from layers.style import light_colour
from services.board.progress import Progress, basis, needed, sentence
from views.progress import paint
from views.shared.context import PageContext


def show_sentence(context: PageContext, progress: Progress) -> None:
    """Draw the sentences of all forecasts; the last one is explained."""
    _, lang = context.words.gettext, context.lang
    said = "".join(f"<p>{escape(sentence(one).get(lang))}</p>" for one in progress.forecasts)
    grounds = (basis(progress.forecast).get(lang), needed(progress.forecast).get(lang))
    below = " ".join(escape(text) for text in grounds if text)
    st.html(
        f'<section class="onemap-forecast" data-testid="forecast"><h2>{escape(_("Progress"))}</h2>'
        f'<div class="said">{said}</div><p class="grounds">{below}</p></section>'
    )
    if progress.forecast.outlook is Outlook.AHEAD:
        with st.expander(_("How the forecast is made"), key="forecast-method"):
            st.html(
                f'<div class="onemap-method">{"".join(f"<p>{escape(text)}</p>" for text in _method(context))}</div>'
            )


def _method(context: PageContext) -> tuple[str, ...]:
    _ = context.words.gettext
    return (
        _(
            "Counted are the tasks whose due date is on or before the day. A task that is due later or has no due date "
            "cannot miss it."
        ),
        _(
            "Assumed is that tasks go on being finished one by one at the mean pace of the last 28 days. The range is "
            "as wide as so few events demand: it holds the pace's own uncertainty and the chance of what comes "
            "(prediction interval for Poisson counts, Nelson 1970)."
        ),
        _(
            "Not in the range is a change of pace. Many tasks are finished shortly before they are due, so long before "
            "a deadline the forecast is rather too gloomy; where work slows down, it is too bright. Read it as “if "
            "nothing changes”, not as what will happen."
        ),
        _("Formulas, checks and measured hit rates: docs/forecast.md."),
    )


HEIGHT_PX: Final = 340
ROWS: Final = (22, 40)
MOST_TICKS: Final = 10
HEADROOM: Final = 1.22
"""Space above all tasks for the names of phases and days."""


def show(context: PageContext, progress: Progress) -> None:
    """Draw the curve as wide as the page."""
    _ = context.words.gettext
    st.html(f'<h3 class="onemap-part">{_("Planned, done and forecast")}</h3>')
    with st.container(key="progress-curve"):
        st.altair_chart(_chart(context, progress), width="stretch", alt=_in_words(context, progress))
    if progress.undated:
        st.caption(
            _("Without a due date, and so not in the planned curve: {tasks}").format(tasks=", ".join(progress.undated))
        )


def _in_words(context: PageContext, progress: Progress) -> str:
    _, today = context.words.gettext, progress.curve.loc[[pd.Timestamp(progress.day)]].fillna(0).astype("int64")
    counts = _("Done on {day}: {done} of {all} tasks, planned {planned}.").format(
        day=progress.day.isoformat(),
        done=today["finished"].iloc[0],
        all=len(progress.schedule),
        planned=today["planned"].iloc[0],
    )
    return f"{counts} {sentence(progress.forecast).get(context.lang)}"


def _chart(context: PageContext, progress: Progress) -> alt.LayerChart | alt.FacetChart:
    first = paint.first_day(context, progress)
    curve = progress.curve.loc[first:].reset_index().assign(at=lambda frame: frame["day"] + paint.DAY)
    most = max(len(progress.schedule), 1)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, most * HEADROOM], nice=False), axis=_axis(context, most))
    layers = [
        *paint.calendar(context, progress),
        *_band(context, curve, y),
        *_lines(context, curve, y),
        *paint.labels(context, rows=ROWS),
        *_names(context, curve, y),
        _hover(context, curve),
    ]
    return alt.layer(*layers).properties(height=HEIGHT_PX)


def _axis(context: PageContext, most: int) -> alt.Axis:
    steps = (factor * 10**power for power in range(9) for factor in (1, 2, 5))
    step = next(step for step in steps if most / step <= MOST_TICKS)
    return alt.Axis(values=list(range(0, most + 1, step)), title=context.words.gettext("Tasks"), format="d")


def _band(context: PageContext, curve: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    accent = paint.ink(context.theme, "accent")
    ahead = curve.dropna(subset=["low"])
    area = alt.Chart(ahead.assign(value=ahead["low"])).mark_area(
        opacity=0.25, color=accent, interpolate="step-after", aria=False
    )
    line = alt.Chart(ahead.assign(value=ahead["at_pace"])).mark_line(
        color=accent, strokeDash=[3, 3], strokeWidth=2, aria=False
    )
    return [area.encode(x=paint.X, y=y, y2="high:Q"), line.encode(x=paint.X, y=y)]


def _lines(context: PageContext, curve: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    actual, muted = curve.dropna(subset=["finished"]), paint.ink(context.theme, "muted")
    step: Literal["step-after"] = "step-after"
    done = light_colour(Light.DONE, context.theme)
    lines = (
        alt.Chart(curve.assign(value=curve["planned"])).mark_line(
            color=muted, interpolate=step, strokeWidth=1.5, aria=False
        ),
        alt.Chart(actual.assign(value=actual["finished"])).mark_line(
            color=done, interpolate=step, strokeWidth=3, aria=False
        ),
    )
    return [line.encode(x=paint.X, y=y) for line in lines]


def _names(context: PageContext, curve: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Name each line at its end, with the count that it ends at."""
    _, theme = context.words.gettext, context.theme
    accent, done, muted = paint.ink(theme, "accent"), light_colour(Light.DONE, theme), paint.ink(theme, "muted")
    lines: tuple[tuple[str, str, str, str, paint.Side, int], ...] = (
        ("planned", "planned", _("planned"), muted, "right", -10),
        ("finished", "finished", _("done"), done, "left", 14),
        ("low", "high", _("forecast"), accent, "left", -2),
    )
    named = []
    for low, high, word, colour, side, dy in lines:
        ends = curve.dropna(subset=[low]).tail(1)
        names = [f"{word} {_span(a, b)}" for a, b in zip(ends[low], ends[high], strict=True)]
        rows = ends[["at"]].assign(value=(ends[low] + ends[high]) / 2, name=names)
        chart = alt.Chart(rows).encode(x=paint.X, y=y, text="name:N")
        named += paint.text(chart, theme, align=side, dx=-6 if side == "right" else 7, dy=dy, color=colour, fontSize=13)
    return named


def _span(low: float, high: float) -> str:
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _hover(context: PageContext, curve: pd.DataFrame) -> alt.Chart:
    """Answer for the day under the pointer with its counts."""
    _ = context.words.gettext
    texts = curve.assign(
        at=curve["day"],
        to=curve["day"] + paint.DAY,
        name=curve["day"].dt.strftime("%Y-%m-%d"),
        done=["–" if pd.isna(one) else f"{one:.0f}" for one in curve["finished"]],
        ahead=["–" if pd.isna(a) else _span(a, b) for a, b in zip(curve["low"], curve["high"], strict=True)],
    )[["at", "to", "name", "planned", "done", "ahead"]]
    titles = {"name": _("Day"), "planned": _("planned"), "done": _("done"), "ahead": _("forecast")}
    tips = [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]
    chart: alt.Chart = alt.Chart(texts).mark_rect(opacity=0, aria=False)
    return chart.encode(x=paint.X, x2="to:T", tooltip=tips)
