"""Show all tasks as a table: filtered by the same filters as the map, sorted by any column, exported as a workbook."""

from __future__ import annotations

from typing import Final

from geo.tasks.filters import match_tasks
from locales import Text
from views.shared import legend as task_filters
from views.shared.context import PageContext, open_page
from views.shared.page_setup import Page
from views.tasks import table as task_table

PAGE: Final = Page("tasks", "Tasks", place=30, link=Text("Tasks"))


def show(context: PageContext) -> None:
    """Draw filters, table and export."""
    task_filters.show_filters(context)
    context = open_page()
    tasks = context.board.tasks[match_tasks(context.board, context.filters)]
    task_table.show(context, tasks)
