"""Draw the matrix of units and categories: in each cell how many tasks, the worst light, and how many are red."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.status import LIGHT_LABELS
from geo.tasks.summary import Cell, Matrix, Part, matrix
from views.shared.context import PageContext
from views.shared.links import address
from views.shared.task_card import light_image
from views.shared.url import KEYS


def switch(context: PageContext) -> Part:
    """Draw the switch of what counts, and tell what is chosen."""
    _ = context.words.gettext
    names = {False: _("Leading or supporting"), True: _("Leading only")}
    st.segmented_control(
        _("Which tasks of a unit count"),
        list(names),
        key=KEYS.lead,
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    return Part.LEAD if st.session_state[KEYS.lead] else Part.ANY


def show(context: PageContext, part: Part) -> None:
    """Draw the table; each number opens its tasks, each unit its page."""
    _ = context.words.gettext
    units, categories = context.choices.units, context.choices.categories
    if not len(context.board.tasks) or not units:
        st.info(_("There are no tasks or no units yet."))
        return
    found = matrix(context.board, units, categories, part)
    st.html(f"<p class='onemap-matrix-sum'>{escape(_sum(context, found))}</p>")
    rows = "".join(_row(context, found, unit, part) for unit in units)
    head, foot = _head(context, found), _foot(context, found)
    caption = escape(_("Tasks by unit and category"))
    st.html(
        f'<div class="onemap-matrix" tabindex="0" role="region" aria-label="{caption}">'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table></div>"
    )


def _sum(context: PageContext, found: Matrix) -> str:
    _, plural = context.words.gettext, context.words.ngettext
    tasks = plural("{n} task", "{n} tasks", found.all.total).format(n=found.all.total)
    red = _("{n} late or blocked").format(n=found.all.red)
    units = plural("{n} unit", "{n} units", len(found.units)).format(n=len(found.units))
    late = sum(cell.red > 0 for cell in found.of_unit.values())
    return " · ".join([tasks, red, units, _("{n} of them with something late or blocked").format(n=late)])


def _head(context: PageContext, found: Matrix) -> str:
    _ = context.words.gettext
    names = [context.campaign.category_name(one).get(context.lang) for one in found.categories]
    cells = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in [*names, _("All categories")])
    return f'<tr><th scope="col" class="unit">{escape(_("Unit"))}</th>{cells}</tr>'


def _row(context: PageContext, found: Matrix, unit: str, part: Part) -> str:
    name = str(context.opened.loaded.units.loc[unit, f"short_{context.lang}"])
    titles = {one: context.campaign.category_name(one).get(context.lang) for one in found.categories}
    lead = "1" if part == Part.LEAD else ""
    cells = "".join(
        _cell(context, found.cells[unit, one], f"{name} · {titles[one]}", unit=unit, category=one, lead=lead)
        for one in found.categories
    )
    total = _cell(context, found.of_unit[unit], name, unit=unit, lead=lead)
    page = escape(address(context, "unit", id=unit))
    head = f'<th scope="row" class="unit" dir="auto"><a href="{page}" target="_self">{escape(name)}</a></th>'
    return f"<tr>{head}{cells}{total}</tr>"


def _foot(context: PageContext, found: Matrix) -> str:
    _ = context.words.gettext
    name = _("All units")
    cells = "".join(
        _cell(context, found.of_category[one], context.campaign.category_name(one).get(context.lang), category=one)
        for one in found.categories
    )
    return f'<tr><th scope="row" class="unit">{escape(name)}</th>{cells}{_cell(context, found.all, name)}</tr>'


def _cell(context: PageContext, cell: Cell, name: str, **query: str) -> str:
    """HTML of one cell with a link to its tasks; nothing but a dot where there is none."""
    _, plural = context.words.gettext, context.words.ngettext
    worst = cell.worst
    if worst is None:
        return '<td class="none" aria-hidden="true">·</td>'
    count = plural("{n} task", "{n} tasks", cell.total).format(n=cell.total)
    late = _("{n} late or blocked").format(n=cell.red)
    told = escape(" · ".join([name, count, late if cell.red else LIGHT_LABELS[worst].get(context.lang)]))
    few = f"<em>{escape(_('{n} red').format(n=cell.red))}</em>" if cell.red else ""
    page = escape(address(context, "tasks", **query))
    inside = f"{light_image(context, worst)}<b>{cell.total}</b>{few}"
    link = f'<a href="{page}" target="_self" title="{told}" aria-label="{told}">{inside}</a>'
    return f'<td class="light-{worst}">{link}</td>'
