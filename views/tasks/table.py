"""Show tasks as a table of plain values; a row opens its page, a button exports the ledger as a workbook."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS, Light, Status
from services.access.policy import Action, may
from services.ledger.workbook import export_ledger
from views.shared.context import PageContext
from views.shared.links import kept

ROW_PX = 40


def show(context: PageContext, tasks: pd.DataFrame) -> None:
    """Draw the table; choosing a row opens the page of its task."""
    _, plural = context.words.gettext, context.words.ngettext
    head, export = st.columns([4, 1], vertical_alignment="bottom")
    head.caption(plural("{n} task", "{n} tasks", len(tasks)).format(n=len(tasks)))
    with export:
        _export(context)
    if not len(tasks):
        st.info(_("Nothing matches the filters. Clear them to see everything."))
        return
    percent = st.column_config.ProgressColumn(_("Percent"), min_value=0, max_value=100, format="%d%%")
    seen = st.column_config.DatetimeColumn(_("Last report"), format="YYYY-MM-DD HH:mm")
    due = st.column_config.DateColumn(_("Due"), format="YYYY-MM-DD")
    chosen = st.dataframe(
        _rows(context, tasks),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="task-table",
        height=min(len(tasks), 18) * ROW_PX + 42,
        row_height=ROW_PX,
        column_config={_("Percent"): percent, _("Due"): due, _("Last report"): seen},
    )
    if chosen.selection.rows:
        task = str(tasks.index[chosen.selection.rows[0]])
        st.switch_page(st.session_state["pages"]["task"], query_params={"id": task} | kept(context))


def _rows(context: PageContext, tasks: pd.DataFrame) -> pd.DataFrame:
    _, lang = context.words.gettext, context.lang
    shorts = context.opened.loaded.units[f"short_{lang}"]
    table = tasks.reset_index(names="id")
    lights = [f"{LIGHT_GLYPHS[Light(one)]} {LIGHT_LABELS[Light(one)].get(lang)}" for one in table["light"]]
    table = table.assign(
        light=lights,
        status=[STATUS_LABELS[Status(one)].get(lang) for one in table["status"]],
        unit=[str(shorts.get(unit, unit)) for unit in table["lead_unit"]],
        category=[context.campaign.category_name(one).get(lang) for one in table["category"]],
        seen=table["reported_at"].dt.tz_convert(context.campaign.tz),
    )
    heads = {
        "id": _("Number"),
        "light": _("Light"),
        f"title_{lang}": _("Title"),
        "unit": _("Unit"),
        "category": _("Category"),
        "status": _("Status"),
        "percent": _("Percent"),
        "due": _("Due"),
        "seen": _("Last report"),
        "difficulty": _("Difficulty"),
    }
    return table[list(heads)].rename(columns=heads)


def _export(context: PageContext) -> None:
    if context.opened.ledger.from_files or not may(context.person, Action.EXPORT_LEDGER):
        return
    st.download_button(
        context.words.gettext("Export to Excel"),
        data=lambda: export_ledger(
            context.opened.store,
            context.campaign,
            context.opened.loaded.units,
            context.opened.now(),
            features=context.opened.loaded.features,
        ),
        file_name=f"{context.campaign.id}-{context.day.isoformat()}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        key="export-ledger",
    )
