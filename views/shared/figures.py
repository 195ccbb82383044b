"""Show the key figures in one row: lights, statuses, readiness of each zone, days to deadline and opening."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.status import LIGHT_LABELS, LIGHT_ORDER, STATUS_LABELS, STATUS_ORDER, Light
from geo.tasks.summary import Summary, summarise
from services.campaign.urls import swatch_url
from views.shared.context import PageContext


def show(context: PageContext) -> None:
    """Draw the row of figures for the whole campaign as of the chosen day."""
    summary = summarise(context.board, context.campaign)
    cells = [_tasks(context, summary)]
    cells += [_light(context, summary, light) for light in LIGHT_ORDER]
    cells += [_statuses(context, summary), _readiness(context, summary), *_days(context, summary)]
    name = escape(context.words.gettext("Key figures"))
    scrolls = f'role="group" tabindex="0" aria-label="{name}"'  # on a phone the row is longer than the screen
    st.html(f'<div class="onemap-figures" data-testid="figures" {scrolls}>{"".join(cells)}</div>')


def _cell(figure: str, label: str, number: int, note: str, *, style: str = "") -> str:
    """HTML of one figure; `label` and `note` are HTML. The front-end writes other days' numbers by `data-figure`."""
    return (
        f'<div class="figure {style}"><span class="label">{label}</span>'
        f'<span class="number" data-figure="{figure}">{number}</span> <span class="note">{note}</span></div>'
    )


def _counted(figure: str, one: str, many: str, number: int) -> str:
    """HTML of a word that agrees with a number."""
    word = one if number == 1 else many
    return f'<span data-figure="{figure}" data-one="{escape(one)}" data-many="{escape(many)}">{escape(word)}</span>'


def _tasks(context: PageContext, summary: Summary) -> str:
    _ = context.words.gettext
    note = _("in {n} categories").format(n=len(context.campaign.categories))
    return _cell("tasks", escape(_("Tasks")), summary.total.tasks, escape(note))


def _light(context: PageContext, summary: Summary, light: Light) -> str:
    _, plural = context.words.gettext, context.words.ngettext
    count = summary.total.by_light[light]
    parts = [_counted(f"light-{light}", plural("task", "tasks", 1), plural("task", "tasks", 2), count)]
    if light is Light.YELLOW:
        parts.append(escape(_("within {n} days").format(n=context.campaign.lights.due_soon_days)))
    if light is Light.DONE and summary.total.tasks:
        parts.append(f'<span data-share="done">{count / summary.total.tasks:.0%}</span>')
    icon = f'<img alt="" src="{swatch_url(f"light-{light}", context.theme)}">'
    label = icon + escape(LIGHT_LABELS[light].get(context.lang))
    return _cell(f"light-{light}", label, count, " ".join(parts), style=f"light-{light}")


def _statuses(context: PageContext, summary: Summary) -> str:
    _ = context.words.gettext
    parts = "".join(
        f'<span class="part status-{status}" data-grow="status-{status}" '
        f'style="flex-grow:{summary.total.by_status[status]}"></span>'
        for status in STATUS_ORDER
    )
    words = "".join(
        f"<span>{escape(STATUS_LABELS[status].get(context.lang))} "
        f'<b data-figure="status-{status}">{summary.total.by_status[status]}</b></span>'
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
        f'<span class="meter"><i data-width="zone-{escape(group.key)}" '
        f'style="width:{group.readiness or 0:.0%}"></i></span>'
        f'<b data-share="zone-{escape(group.key)}">{group.readiness or 0:.0%}</b>'
        for group in summary.by_zone
    )
    hint = escape(_("Share of the tasks of a zone that are done"))
    return (
        f'<div class="figure wide"><span class="label" title="{hint}">{escape(_("Readiness by zone"))}</span>'
        f'<div class="readiness">{rows}</div></div>'
    )


def _days(context: PageContext, summary: Summary) -> list[str]:
    _, plural = context.words.gettext, context.words.ngettext
    campaign = context.campaign
    cells = []
    dates = (
        ("deadline", _("To the deadline {d}"), _("Past the deadline {d}"), campaign.deadline, summary.days_to_deadline),
        ("opening", _("To the opening {d}"), _("Past the opening {d}"), campaign.opening, summary.days_to_opening),
    )
    for figure, ahead, past, day, days in dates:
        words = [escape(text.format(d=f"{day:%m-%d}")) for text in (ahead, past)]
        now = words[0 if days >= 0 else 1]
        label = f'<span data-day="{figure}" data-ahead="{words[0]}" data-past="{words[1]}">{now}</span>'
        note = _counted(figure, plural("day", "days", 1), plural("day", "days", 2), abs(days))
        cells.append(_cell(figure, label, abs(days), note))
    return cells
