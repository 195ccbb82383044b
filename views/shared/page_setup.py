"""Dress the page: title, icon and the style sheet that turns Streamlit's column into a map desk."""

from functools import cache
from pathlib import Path

import streamlit as st

from layers.style import css_variables
from views.shared import state

_HERE = Path(__file__).parent
_TITLES = {"zh": "虹桥保障一张图", "en": "One Map · Hongqiao"}


def apply() -> None:
    """Set title, icon and style sheet of the page."""
    st.set_page_config(page_title=_TITLES[state.language()], page_icon=str(_HERE.parent / "icon.svg"), layout="wide")
    st.html(f"<style>:root{{{css_variables()}}}</style>")
    st.html(f"<style>{_sheets()}</style>")


@cache
def _sheets() -> str:
    """The style sheets of all parts, base first: alphabetical order is the order of the cascade."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((_HERE / "styles").glob("*.css")))
