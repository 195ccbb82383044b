"""Describe a page, and give it title, icon and the style sheet that turns Streamlit's column into a map desk."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from layers.style import css_variables
from locales import Text
from services.access.policy import Action
from views.shared import state

_HERE = Path(__file__).parent
_TITLE = Text("One Map · Hongqiao")


@dataclass(frozen=True, slots=True)
class Page:
    """Say what a page is; its module holds it as `PAGE`, beside the function `show` that draws it in its frame.

    Parameters
    ----------
    name, title
        Its address, and the title of its tab.
    place
        Its place among all pages; the first is opened by the bare address.
    link
        What the head's link to it says; pages without one are led to from elsewhere.
    right
        What whoever sees the link may do; None for everybody. The page itself asks again.
    of_one
        Whether it shows nothing without an id.
    framed
        Whether head, what is live and the URL are written around it; else it writes them itself.
    """

    name: str
    title: str
    place: int
    link: Text | None = None
    right: Action | None = None
    of_one: bool = False
    framed: bool = True


def apply() -> None:
    """Set title, icon and style sheet of the page."""
    st.set_page_config(page_title=_TITLE.get(state.language()), page_icon=str(_HERE.parent / "icon.svg"), layout="wide")
    st.html(f"<style>:root{{{css_variables()}}}</style>")
    st.html(f"<style>{_sheets()}</style>")


@cache
def _sheets() -> str:
    """The style sheets of all parts, base first: alphabetical order is the order of the cascade."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((_HERE / "styles").glob("*.css")))
