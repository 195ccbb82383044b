"""List what lies along a corridor, and lead there from the panel of a corridor."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.space.rank import distance_text
from services.field.corridor import AlongRow, along_corridor, is_corridor, length_m
from views.shared.context import PageContext
from views.shared.links import address
from views.shared.task_card import light_image


def panel(context: PageContext, feature: str) -> None:
    """Draw the link to what lies along a corridor; nothing for what is none."""
    if is_corridor(context.opened, feature):
        words, to = context.words.gettext("Along the corridor"), address(context, "corridor", feature=feature)
        st.html(f'<a class="onemap-along-link" href="{escape(to)}" target="_self">{escape(words)} ›</a>')


def ids(context: PageContext, feature: str) -> tuple[str, ...]:
    """Ids of what lies along a corridor."""
    return tuple(row.feature for row in along_corridor(context.opened, context.day, feature))


def show(context: PageContext, feature: str) -> None:
    """Draw the list, from the start of the corridor to its end."""
    _ = context.words.gettext
    rows = along_corridor(context.opened, context.day, feature)
    name = context.board.features.loc[feature, f"name_{context.lang}"]
    length = distance_text(length_m(context.opened, feature)).get(context.lang)
    told = _("{length} long. Chainage counts from the first point as drawn; sides are as seen along it.")
    items = "".join(_item(context, row) for row in rows)
    nothing = "" if rows else f"<p>{escape(_('Nothing lies along this corridor.'))}</p>"
    st.html(
        f'<section class="onemap-along"><h2 dir="auto">{escape(feature)} {escape(str(name))}</h2>'
        f"<p>{escape(told.format(length=length))}</p>{nothing}<ol>{items}</ol></section>"
    )


def _item(context: PageContext, row: AlongRow) -> str:
    lang = context.lang
    to, name = address(context, "", feature=row.feature), escape(row.name.get(lang))
    task = f'<span class="task">{escape(row.task)} {escape(row.title.get(lang))}</span>' if row.task else ""
    return (
        f'<li><a href="{escape(to)}" target="_self"><span class="at">{escape(row.at)}</span>'
        f'<span class="what">{light_image(context, row.light)} <b dir="auto">{name}</b>{task}</span>'
        f'<span class="where">{escape(row.where.get(lang))}</span></a></li>'
    )
