"""Paint what the charts of progress share: the calendar of the campaign behind them, and the colours of the theme.

A count at the end of a day stands at the end of that day, and so do deadline, opening and the chosen day.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from geo.model.status import Light
from layers.style import PALETTES, Theme, light_colour
from services.board.progress import Progress
from views.shared.context import PageContext

Side = Literal["left", "right"]

DAY: Final = pd.Timedelta(days=1)
TEXT_PX: Final = 12
HALO_PX: Final = 4
LEAD_DAYS: Final = 31
"""Days that are shown before the first task begins."""

X: Final = alt.X("at:T")
"""Place of a mark; scale and axis come with the lines of the calendar."""


def ink(theme: Theme, name: str) -> str:
    """Colour of the style table."""
    return PALETTES[theme][name]


def end_of(day: date | pd.Timestamp) -> pd.Timestamp:
    """End of a day, as a naive instant on the axis."""
    return pd.Timestamp(day) + DAY


def first_day(context: PageContext, progress: Progress) -> pd.Timestamp:
    """First day that is drawn: some weeks before the first task begins, but no day before the campaign."""
    start = pd.Timestamp(context.campaign.start)
    days = progress.schedule[["planned_start", "due", "begun"]].min().dropna()
    return max(start, days.min() - LEAD_DAYS * DAY) if len(days) else start


def text(chart: alt.Chart, theme: Theme, *, align: Side, dx: int, dy: int = 0, **style: Any) -> list[alt.Chart]:  # noqa: ANN401  what a mark takes
    """Draw text twice: its halo keeps it readable where lines cross it."""
    mark = {"align": align, "dx": dx, "dy": dy, "fontSize": TEXT_PX, "fontWeight": 600, "aria": False, **style}
    halo = {**mark, "stroke": ink(theme, "halo"), "strokeWidth": HALO_PX, "strokeJoin": "round"}
    return [chart.mark_text(**halo), chart.mark_text(**mark)]


def calendar(
    context: PageContext, progress: Progress, *, orient: Literal["top", "bottom"] = "bottom"
) -> list[alt.Chart]:
    """Phases as tints with their names, the deadline dashed, the opening and the chosen day as lines."""
    first, last = first_day(context, progress), end_of(context.campaign.end)
    bands = alt.Chart(_phases(context, first)).mark_rect(opacity=0.07, clip=True, aria=False)
    tints = bands.encode(x=X, x2="to:T", color=alt.Color("colour:N", scale=None))
    axis = alt.Axis(format="%m-%d", tickCount="month", title=None, grid=False, labelOverlap=True, orient=orient)
    ends = [alt.DateTime(year=one.year, month=one.month, date=one.day) for one in (first, last)]
    scale = alt.Scale(domain=ends, nice=False)
    names = _names(context, _phases(context, first), (last - first).days)
    return [tints, *names, _lines(context, alt.X("at:T", scale=scale, axis=axis))]


def _phases(context: PageContext, first: pd.Timestamp) -> pd.DataFrame:
    theme, phases = context.theme, context.campaign.phases
    # Those of the timeline below the map.
    colours = (ink(theme, "muted"), ink(theme, "accent"), light_colour(Light.YELLOW, theme), ink(theme, "muted"))
    rows = [
        (
            max(pd.Timestamp(one.start), first),
            end_of(one.end),
            colours[place % len(colours)],
            one.name.get(context.lang),
        )
        for place, one in enumerate(phases)
        if end_of(one.end) > first
    ]
    return pd.DataFrame(rows, columns=["at", "to", "colour", "name"])


def _names(context: PageContext, phases: pd.DataFrame, days: int) -> list[alt.Chart]:
    """Name each phase on its tint; a name that has no room is cut."""
    shares = ((phases["to"] - phases["at"]).dt.days / days).tolist()
    colour = ink(context.theme, "muted")
    return [
        alt.Chart(phases.iloc[place : place + 1])
        .mark_text(
            aria=False,
            align="left",
            baseline="top",
            dx=4,
            fontSize=TEXT_PX,
            limit=alt.ExprRef(f"max(width * {share:.4f} - 8, 1)"),
            color=colour,
        )
        .encode(x=X, y=alt.value(4), text="name:N")
        for place, share in enumerate(shares)
    ]


def _lines(context: PageContext, x: alt.X) -> alt.Chart:
    red, accent = light_colour(Light.RED, context.theme), ink(context.theme, "accent")
    days = ((context.campaign.deadline, red), (context.campaign.opening, red), (context.day, accent))
    rows = [(end_of(day), colour, place) for place, (day, colour) in enumerate(days)]
    lines: alt.Chart = alt.Chart(pd.DataFrame(rows, columns=["at", "colour", "line"])).mark_rule(
        strokeWidth=1.5, aria=False
    )
    dashes = alt.Scale(domain=[0, 1, 2], range=[[6, 4], [1, 0], [1, 0]])
    dash = alt.StrokeDash("line:N", scale=dashes, legend=None)
    return lines.encode(x=x, color=alt.Color("colour:N", scale=None), strokeDash=dash)


def labels(context: PageContext, *, rows: tuple[int, int]) -> list[alt.Chart]:
    """Name deadline, opening and the chosen day beside their lines; two heights keep near days apart."""
    _, campaign = context.words.gettext, context.campaign
    red, accent = light_colour(Light.RED, context.theme), ink(context.theme, "accent")
    early = (context.day - campaign.start).days < (campaign.end - campaign.start).days / 3
    today: Side = "left" if early else "right"
    upper, lower = rows
    named: tuple[tuple[date, str, str, Side, int], ...] = (
        (campaign.deadline, _("deadline"), red, "right", upper),
        (campaign.opening, _("opening"), red, "left", upper),
        (context.day, "", accent, today, lower),
    )
    layers = []
    for day, word, colour, side, height in named:
        row = pd.DataFrame([{"at": end_of(day), "name": f"{day:%m-%d} {word}".strip()}])
        chart = alt.Chart(row).encode(x=X, y=alt.value(height), text="name:N")
        layers += text(chart, context.theme, align=side, dx=-5 if side == "right" else 5, color=colour, baseline="top")
    return layers
