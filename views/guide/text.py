"""Draw the guide: what it names becomes a link, and a light's shape its swatch in the light's own colour."""

from __future__ import annotations

import re
from html import escape
from typing import Final

import streamlit as st

from geo.model.status import LIGHT_GLYPHS
from services.campaign.guide import Guide, Section
from services.campaign.urls import swatch_url
from views.shared.context import PageContext
from views.shared.links import address

WALL: Final = "?wall=1"
_ADDRESS: Final = re.compile(r"`/([a-z]+|\?wall=1)`")
_LIGHTS_TABLE: Final = 1
"""Place of the table of lights among the subsections of its section; the glyphs of later tables are no lights."""


def contents(context: PageContext, guide: Guide) -> None:
    """Draw the table of contents."""
    _ = context.words.gettext
    rows = "".join(f'<li><a href="#{one.anchor}">{escape(one.title)}</a></li>' for one in guide.sections)
    label = escape(_("Contents"))
    st.html(f'<nav class="onemap-contents" aria-label="{label}"><h3>{label}</h3><ol>{rows}</ol></nav>')


def show(context: PageContext, guide: Guide) -> None:
    """Draw title and sections."""
    st.html(f'<h2 class="onemap-guide-title">{escape(guide.title)}</h2>')
    st.markdown(guide.opening)
    for section in guide.sections:
        st.html(f'<h3 class="onemap-guide-part" id="{section.anchor}">{escape(section.title)}</h3>')
        st.markdown(_coloured(context, _linked(context, section)))


def _linked(context: PageContext, section: Section) -> str:
    """Text of a section in which the address of a page opens it."""
    open_alone = {page.name for page in st.session_state["navigation"] if not page.of_one}

    def link(found: re.Match[str]) -> str:
        name = found.group(1)
        if name == WALL:
            return f"[{found.group()}](./{WALL}&lang={context.lang})"
        if name not in open_alone:
            return found.group()
        return f"[{found.group()}]({address(context, '' if name == 'map' else name)})"

    return _ADDRESS.sub(link, section.text)


def _coloured(context: PageContext, text: str) -> str:
    """The same with the swatches of the lights in their table."""
    parts = re.split(r"(?m)^(?=### )", text)
    if len(parts) <= _LIGHTS_TABLE:
        return text
    for light, glyph in LIGHT_GLYPHS.items():
        swatch = f"| ![{glyph}]({swatch_url(f'light-{light}', context.theme)}) |"
        parts[_LIGHTS_TABLE] = parts[_LIGHTS_TABLE].replace(f"| {glyph} |", swatch)
    return "".join(parts)
