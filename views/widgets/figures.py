"""Show the key figures in one row: lights, statuses, readiness of each zone, days to deadline and opening."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from geo.status import LIGHT_LABELS, LIGHT_ORDER, STATUS_LABELS, STATUS_ORDER, Light
from geo.summary import summarise
from services.assets import swatch_url

if TYPE_CHECKING:
    from geo.summary import Summary
    from views.context import PageContext


def show(context: PageContext) -> None:
    """Draw the row of figures for the whole campaign as of the chosen day."""
    summary = summarise(context.board, context.campaign)
    cells = [_tasks(context, summary)]
    cells += [_light(context, summary, light) for light in LIGHT_ORDER]
    cells += [_statuses(context, summary), _readiness(context, summary), *_days(context, summary)]
    st.html(f'<div class="onemap-figures" data-testid="figures">{"".join(cells)}</div>')


def _cell(label: str, number: str, note: str, *, style: str = "", icon: str = "") -> str:
    return (
        f'<div class="figure {style}"><span class="label">{icon}{escape(label)}</span>'
        f'<span class="number">{escape(number)}</span> <span class="note">{escape(note)}</span></div>'
    )


def _tasks(context: PageContext, summary: Summary) -> str:
    _ = context.words.gettext
    return _cell(
        _("Tasks"), str(summary.total.tasks), _("in {n} categories").format(n=len(context.campaign.categories))
    )


def _light(context: PageContext, summary: Summary, light: Light) -> str:
    _ = context.words.gettext
    count = summary.total.by_light[light]
    parts = [context.words.ngettext("task", "tasks", count)]
    if light is Light.YELLOW:
        parts.append(_("within {n} days").format(n=context.campaign.lights.due_soon_days))
    if light is Light.DONE and summary.total.tasks:
        parts.append(f"{count / summary.total.tasks:.0%}")
    icon = f'<img alt="" src="{swatch_url(f"light-{light}", context.theme)}">'
    label = LIGHT_LABELS[light].get(context.lang)
    return _cell(label, str(count), " ".join(parts), style=f"light-{light}", icon=icon)


def _statuses(context: PageContext, summary: Summary) -> str:
    _ = context.words.gettext
    parts = "".join(
        f'<span class="part status-{status}" style="flex-grow:{summary.total.by_status[status]}"></span>'
        for status in STATUS_ORDER
    )
    words = "".join(
        f"<span>{escape(STATUS_LABELS[status].get(context.lang))} <b>{summary.total.by_status[status]}</b></span>"
        for status in STATUS_ORDER
    )
    return (
        f'<div class="figure wide"><span class="label">{escape(_("Tasks by status"))}</span>'
        f'<div class="bar">{parts}</div><div class="words">{words}</div></div>'
    )


def _readiness(context: PageContext, summary: Summary) -> str:
    _ = context.words.gettext
    features = context.board.features
    rows = "".join(
        f"<span>{escape(str(features.at[group.key, f'name_{context.lang}']))}</span>"
        f'<span class="meter"><i style="width:{group.readiness or 0:.0%}"></i></span><b>{group.readiness or 0:.0%}</b>'
        for group in summary.by_zone
    )
    hint = escape(_("Share of the tasks of a zone that are done"))
    return (
        f'<div class="figure wide"><span class="label" title="{hint}">{escape(_("Readiness by zone"))}</span>'
        f'<div class="readiness">{rows}</div></div>'
    )


def _days(context: PageContext, summary: Summary) -> list[str]:
    _ = context.words.gettext
    campaign = context.campaign
    cells = []
    dates = (
        (_("To the deadline {d}"), _("Past the deadline {d}"), campaign.deadline, summary.days_to_deadline),
        (_("To the opening {d}"), _("Past the opening {d}"), campaign.opening, summary.days_to_opening),
    )
    for ahead, past, day, days in dates:
        note = context.words.ngettext("day", "days", abs(days))
        label = ahead if days >= 0 else past
        cells.append(_cell(label.format(d=f"{day:%m-%d}"), str(abs(days)), note))
    return cells
