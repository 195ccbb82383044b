"""Head the page of a unit: its names, how its tasks stand, and the short link to hand on."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.model.kinds import UNIT_KIND_LABELS, Layer
from geo.model.status import LIGHT_LABELS, LIGHT_ORDER
from views.map import view as map_view
from views.shared.context import PageContext
from views.shared.links import address, whole_address
from views.tasks.card import light_image


def show(context: PageContext, unit: str, tasks: pd.DataFrame) -> None:
    """Draw names, kind and one count per light."""
    row: Any = context.desk.loaded.units.loc[unit]
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
    names = context.desk.loaded.units[f"name_{context.lang}"]
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
