"""Show the supervision of the whole campaign: who was asked what, who owes an answer, what comes next."""

from __future__ import annotations

from typing import Final

from locales import Text
from views.shared.context import PageContext, ladders_of
from views.shared.page_setup import Page
from views.supervision import board as supervision_board

PAGE: Final = Page("supervision", "Supervision", place=60, link=Text("Supervision"))


def show(context: PageContext) -> None:
    """Draw the board of all ladders as of the chosen day."""
    supervision_board.show(context, ladders_of(context))
