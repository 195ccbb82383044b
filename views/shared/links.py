"""Address the pages by plain links that keep language and date, and write text of people where Markdown is expected."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode, urljoin

import streamlit as st

from views.shared.context import PageContext

_MEANT: Final = frozenset(r"\`*_{}[]()<>#+-!$:|~")


def plain(text: str) -> str:
    """Text without meaning for Markdown; a line break stays one."""
    escaped = "".join(f"\\{character}" if character in _MEANT else character for character in text)
    return escaped.replace("\n", "  \n")


def address(context: PageContext, page: str, **query: str) -> str:
    """Address of a page beside the one that is shown; no name is the map.

    What is empty is left out, as is the date on which pages open anyway.
    """
    values = {name: value for name, value in query.items() if value} | kept(context)
    return f"{page or './'}?{urlencode(values)}"


def kept(context: PageContext) -> dict[str, str]:
    """What all pages say alike in their addresses: the date, unless it is the usual one, and the language."""
    day = {"date": context.day.isoformat()} if context.day != context.opened.today() else {}
    return day | {"lang": context.lang}


def whole_address(path: str) -> str:
    """The same with scheme and host, for copying."""
    return urljoin(st.context.url or "", path)
