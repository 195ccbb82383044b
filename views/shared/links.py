"""Address the pages by plain links that keep language and date, as the URL of a page itself does."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin

import streamlit as st

from views.shared.context import PageContext


def address(context: PageContext, page: str, **query: str) -> str:
    """Address of a page beside the one that is shown; no name is the map.

    What is empty is left out, as is the date on which pages open anyway.
    """
    values = {name: value for name, value in query.items() if value} | kept(context)
    return f"{page or './'}?{urlencode(values)}"


def kept(context: PageContext) -> dict[str, str]:
    """What all pages say alike in their addresses: the date, unless it is the usual one, and the language."""
    day = {"date": context.day.isoformat()} if context.day != context.desk.today() else {}
    return day | {"lang": context.lang}


def whole_address(path: str) -> str:
    """The same with scheme and host, for copying."""
    return urljoin(st.context.url or "", path)
