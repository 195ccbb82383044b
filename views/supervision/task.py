"""Show the supervision of one task, and offer what the person may do about it."""

from __future__ import annotations

import pandas as pd

from views.shared.context import PageContext
from views.supervision import form as supervision_form
from views.supervision import ladder as supervision_ladder
from views.supervision.ladder import ladder_of


def show(context: PageContext, task: pd.Series, *, short: bool = False) -> None:
    """Draw the task's ladder where it was supervised, and what may be done; `short` folds earlier steps."""
    ladder = ladder_of(context, str(task.name))
    if ladder is not None:
        supervision_ladder.show_ladder(context, ladder, short=short)
        if not short:
            supervision_ladder.offer(context, task, ladder)
    supervision_form.offer(context, task, ladder)
