"""List what the data files get wrong, by file, row and column, with the mend; the sound rows are drawn all the same."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.errors import VALUE_MAX
from geo.validation.problem import Problem
from views.shared.context import PageContext

SHOWN_MOST = 200


def show(context: PageContext) -> None:
    """Draw a notice that opens to the table of problems, errors first; nothing where the data are sound."""
    found = context.opened.loaded.problems
    if not found:
        return
    _, plural = context.words.gettext, context.words.ngettext
    title = plural("{n} problem in the data files", "{n} problems in the data files", len(found)).format(n=len(found))
    with st.container(key="problems"), st.expander(f":material/warning: {title}"):
        heads = (_("Severity"), _("File"), _("Row"), _("Column"), _("Value"), _("What is wrong"), _("How to mend it"))
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
        rows = "".join(_row(problem, context) for problem in found[:SHOWN_MOST])
        st.html(
            f'<div class="onemap-problems-box" role="region" tabindex="0" aria-label="{escape(title)}">'
            f'<table class="onemap-problems"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )
        if len(found) > SHOWN_MOST:
            st.caption(_("The first {n} are shown.").format(n=SHOWN_MOST))


def _row(problem: Problem, context: PageContext) -> str:
    _ = context.words.gettext
    severity = f"✕ {_('Error')}" if problem.severity == "error" else f"⚠ {_('Warning')}"
    cells = (
        severity,
        problem.file,
        "" if problem.row is None else str(problem.row),
        problem.column,
        problem.value if len(problem.value) <= VALUE_MAX else problem.value[: VALUE_MAX - 1] + "…",
        problem.message(context.lang),
        problem.remedy(context.lang),
    )
    return f'<tr class="{problem.severity}">{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
