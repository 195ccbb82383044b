"""Find the pages: each module of `views` that is called `page`, or something that ends in `_page`.

A page's module holds a `Page` as `PAGE`, and the function `show`, which draws what stands below the head.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import views
from views.shared import header, live, state
from views.shared.context import PageContext, open_page
from views.shared.page_setup import Page

Show = Callable[[PageContext], None]


def _found() -> Iterator[tuple[Page, Show]]:
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
        page.name: st.Page(partial(_draw, page, show), title=page.title, url_path=page.name, default=page is PAGES[0])
        for page, show in _SHOWN.items()
    }


def _draw(page: Page, show: Show) -> None:
    context = open_page()
    if not page.framed:
        show(context)
        return
    header.show(context)
    with st.container(key=f"{page.name}-page"):
        show(context)
    live.show(context)
    state.write(context.opened, context.choices)
