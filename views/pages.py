"""Find the pages: each module of `views` that is called `page`, or something that ends in `_page`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import views
from views.shared.page_setup import Page


def _found() -> Iterator[tuple[Page, Callable[[], None]]]:
    for module in pkgutil.walk_packages(views.__path__, "views."):
        name = module.name.rpartition(".")[2]
        if name == "page" or name.endswith("_page"):
            page = import_module(module.name)
            yield page.PAGE, page.show


_SHOWN: Final = dict(sorted(_found(), key=lambda one: one[0].place))
PAGES: Final = tuple(_SHOWN)
"""All pages in the order of their places."""


def pages() -> dict[str, StreamlitPage]:
    """Every page by its name, for one run of the script."""
    return {
        page.name: st.Page(show, title=page.title, url_path=page.name, default=page is PAGES[0])
        for page, show in _SHOWN.items()
    }
