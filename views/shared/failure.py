"""Say why nothing can be shown, and list what the data files get wrong; the sound rows are drawn all the same."""

from __future__ import annotations

import logging
from gettext import NullTranslations
from html import escape
from pathlib import Path

import streamlit as st

from geo.model.errors import VALUE_MAX, StoreUnavailableError
from geo.validation.problem import CampaignError, Problem
from locales import Language, parse_language, translations
from settings import settings
from views.shared import state
from views.shared.context import PageContext

_log = logging.getLogger("onemap.page")


def show(error: CampaignError | StoreUnavailableError) -> None:
    """Name what is wrong and the mend, in the language of the URL, else of the browser; and log it in one line."""
    lang = parse_language(st.query_params.get("lang", "")) or state.language()
    words = translations(lang)
    if isinstance(error, CampaignError):
        folder = settings().campaign_dir.resolve()
        _log.warning("the campaign in %r cannot be opened: %s", str(folder), error)
        title, lines = words.gettext("The campaign cannot be opened"), _campaign_lines(error, folder, lang, words)
    else:
        _log.warning("the database is gone: %s", error)
        title, lines = words.gettext("The database is gone"), [error.message(lang)]
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'<section class="onemap-failure" role="alert"><h1>{escape(title)}</h1>{text}</section>')


def _campaign_lines(error: CampaignError, folder: Path, lang: Language, words: NullTranslations) -> list[str]:
    _ = words.gettext
    if not folder.is_dir():
        missing = _("The folder {folder} does not exist.").format(folder=folder)
        return [missing, _("Put it there, or set CAMPAIGN_DIR to a campaign's folder and start the program again.")]
    lines = [_("File: {path}").format(path=folder / error.file)]
    if error.key:
        lines.append(_("Key: {key}").format(key=error.key))
    return [*lines, error.message(lang), error.remedy(lang), _("Save the file and reload the page.")]


SHOWN_MOST = 200


def show_problems(context: PageContext) -> None:
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
