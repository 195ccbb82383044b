"""Show a unit's names and how its tasks stand, what it must do now, what it owes an answer to, and its tasks."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.model.kinds import UNIT_KIND_LABELS, Layer
from geo.model.status import LIGHT_LABELS, LIGHT_ORDER, Light
from geo.model.supervision import LEVEL_LABELS
from geo.supervision.ladder import Ladder, ladders
from geo.tasks.attention import AttentionItem, attention
from geo.tasks.attention_words import sentence
from geo.tasks.lights import ranks_of
from locales import Name
from views.shared import map_view
from views.shared.context import PageContext
from views.shared.links import address, whole_address
from views.shared.task_card import light_image, task_card


def show(context: PageContext, unit: str, tasks: pd.DataFrame) -> None:
    """Draw names, kind and one count per light."""
    row: Any = context.opened.loaded.units.loc[unit]
    kind = UNIT_KIND_LABELS.get(row["kind"])
    other = str(row["name_en" if context.lang == "zh" else "name_zh"])
    about = " · ".join(part for part in (kind.get(context.lang) if kind else "", other) if part)
    st.html(
        f'<header class="onemap-unit-head"><h2 dir="auto">{escape(str(row[f"name_{context.lang}"]))}</h2>'
        f'<p dir="auto">{escape(about)}</p><p class="lights">{_lights(context, tasks)}</p></header>'
    )


def _lights(context: PageContext, tasks: pd.DataFrame) -> str:
    plural = context.words.ngettext
    counts = tasks["light"].value_counts()
    parts = [f"<span>{escape(plural('{n} task', '{n} tasks', len(tasks)).format(n=len(tasks)))}</span>"]
    for light in LIGHT_ORDER:
        if light in counts:
            word = escape(LIGHT_LABELS[light].get(context.lang))
            parts.append(f"<span>{light_image(context, light)} {counts[light]} {word}</span>")
    return " ".join(parts)


def link(context: PageContext, unit: str) -> None:
    """Draw the address of the page, to be copied."""
    _ = context.words.gettext
    st.html(f'<h3 class="onemap-unit-part">{escape(_("Link to this page"))}</h3>')
    st.code(whole_address(f"unit?id={quote(unit)}"), language=None)


def others(context: PageContext) -> None:
    """Offer the pages of all units."""
    names = context.opened.loaded.units[f"name_{context.lang}"]
    pages = {escape(address(context, "unit", id=str(unit))): escape(name) for unit, name in names.items()}
    rows = "".join(f'<li><a href="{page}" target="_self" dir="auto">{name}</a></li>' for page, name in pages.items())
    st.html(f'<ul class="onemap-unit-list">{rows}</ul>')


def features(context: PageContext, tasks: pd.DataFrame) -> None:
    """Draw the features of the unit's tasks on a small map; zones only where there is nothing else."""
    _ = context.words.gettext
    every = list(dict.fromkeys(feature for ids in tasks["features"] for feature in ids))
    layers = context.board.features["layer"]
    placed = [one for one in every if layers[one] != Layer.ZONES] or every
    st.html(f'<h3 class="onemap-unit-part">{escape(_("Where it works"))} <span>{len(placed)}</span></h3>')
    if placed:
        map_view.show_features(context, tuple(placed))


def tasks_of(context: PageContext, unit: str) -> pd.DataFrame:
    """The tasks that a unit leads or supports, the worst light first."""
    tasks = context.board.tasks
    units = zip(tasks["lead_unit"], tasks["supporting_units"], strict=True)
    mine = tasks[[unit in (lead, *supporting) for lead, supporting in units]]
    return mine.iloc[ranks_of(mine["light"]).argsort(kind="stable")]


def now(context: PageContext, unit: str) -> None:
    """Draw what the unit must do now, most urgent first: of the tasks that it leads, and where it owes an answer."""
    _ = context.words.gettext
    as_of = context.board.as_of
    every = attention(context.board, context.campaign, context.opened.updates(as_of), context.opened.supervision(as_of))
    mine = [one for one in every if unit == one.unit or unit in {reason.addressee for reason in one.reasons}]
    heading = f'<h3 class="onemap-unit-part">{escape(_("To do now"))} <span>{len(mine)}</span></h3>'
    rows = "".join(_need(context, one) for one in mine)
    nothing = f"<p>{escape(_('Nothing needs this unit today.'))}</p>"
    st.html(heading + (f'<ul class="onemap-needs">{rows}</ul>' if rows else nothing))


def _need(context: PageContext, need: AttentionItem) -> str:
    row: Any = context.board.tasks.loc[need.task]
    title = Name(row["title_zh"], row["title_en"]).get(context.lang)
    why = sentence(need, context.opened.loaded.units).get(context.lang)
    page = escape(address(context, "task", id=need.task))
    head = f'<a href="{page}" target="_self" dir="auto">{escape(need.task)} {escape(title)}</a>'
    return f"<li>{light_image(context, need.light)}<div>{head}<p>{escape(why)}</p></div></li>"


def answers(context: PageContext, unit: str) -> None:
    """Draw the notices of supervision that wait for this unit's receipt or reply."""
    _ = context.words.gettext
    as_of = context.board.as_of
    found = ladders(context.opened.supervision(as_of), as_of, context.campaign.tz).values()
    mine = [one for one in found if one.open and one.waiting_for is not None and one.last.unit == unit]
    heading = (
        f'<h3 class="onemap-unit-part">{escape(_("Supervision waiting for an answer"))} <span>{len(mine)}</span></h3>'
    )
    rows = "".join(_notice(context, one) for one in mine)
    none = f"<p>{escape(_('No notice waits for this unit.'))}</p>"
    st.html(heading + (f'<ul class="onemap-needs">{rows}</ul>' if rows else none))


def _notice(context: PageContext, ladder: Ladder) -> str:
    _, step = context.words.gettext, ladder.last
    row: Any = context.board.tasks.loc[ladder.task] if ladder.task in context.board.tasks.index else None
    title = "" if row is None else Name(row["title_zh"], row["title_en"]).get(context.lang)
    waits = _("waits for receipt") if ladder.waiting_for == "receipt" else _("waits for the reply")
    until = "" if step.deadline is None else _("reply by {day}").format(day=step.deadline.isoformat())
    late = _("{n} days late").format(n=ladder.reply_overdue_days) if ladder.reply_overdue_days else ""
    about = " · ".join(part for part in (LEVEL_LABELS[step.rung].get(context.lang), waits, until, late) if part)
    page = escape(address(context, "task", id=ladder.task))
    head = f'<a href="{page}" target="_self" dir="auto">{escape(ladder.task)} {escape(title)}</a>'
    light = light_image(context, Light.RED if late else Light.YELLOW)
    return f'<li>{light}<div>{head}<p>{escape(about)}</p><q dir="auto">{escape(step.text)}</q></div></li>'


def cards(context: PageContext, unit: str, tasks: pd.DataFrame) -> None:
    """Draw all tasks of the unit as cards: first what it leads, then what it supports."""
    _ = context.words.gettext
    leads = tasks["lead_unit"] == unit
    for label, part in ((_("Tasks that it leads"), tasks[leads]), (_("Tasks that it supports"), tasks[~leads])):
        if len(part):
            drawn = "".join(task_card(context, task) for __, task in part.iterrows())
            heading = f'<h3 class="onemap-unit-part">{escape(label)} <span>{len(part)}</span></h3>'
            st.html(f'{heading}<section class="onemap-tasks">{drawn}</section>')
