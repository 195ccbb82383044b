"""Show all that was written of a task: who, when, by which way, what changed, with the photos."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.errors import StoreUnavailableError
from services.reports.history import Change, HistoryRow, history_of, history_rows, names_of
from services.reports.photos import photo_url
from views.shared.context import PageContext


def show(context: PageContext, task: str) -> None:
    """Draw the history, newest first."""
    _ = context.words.gettext
    if context.opened.ledger.from_files:
        st.caption(_("No history: the ledger's files have errors and are not stored yet."))
        return
    try:
        entries = history_of(context.opened, task)
    except StoreUnavailableError as error:
        st.warning(error.message(context.lang))
        return
    people = names_of(context.opened)
    rows = history_rows(entries, context.campaign, context.opened.loaded.units, people=people)
    shown = [row for row in rows if row.at <= context.board.as_of]
    items = "".join(_item(context, row) for row in shown)
    st.html(f'<section class="onemap-history"><h3>{escape(_("History"))}</h3><ol>{items}</ol></section>')


def _item(context: PageContext, row: HistoryRow) -> str:
    _, lang = context.words.gettext, context.lang
    who = " · ".join(part for part in (row.who, row.unit.get(lang), row.source.get(lang)) if part)
    late = _("written {when}").format(when=f"{row.written_at:%m-%d %H:%M}") if row.written_at else ""
    stored = _("stored {when}").format(when=f"{row.stored_at:%Y-%m-%d %H:%M}") if row.stored_at else ""
    parts = " · ".join(part for part in (row.kind_name.get(lang), who, late, stored) if part)
    changes = "".join(_change(context, change) for change in row.changes)
    photos = "".join(
        f'<a href="{photo_url(photo.digest)}" target="_blank"><img src="{photo_url(photo.digest)}" '
        f'alt="{escape(photo.name)}" loading="lazy"></a>'
        for photo in row.photos
    )
    return (
        f"<li><p><b>{row.at:%Y-%m-%d %H:%M}</b> {escape(parts)}</p>"
        f'<ul>{changes}</ul><div class="photos">{photos}</div></li>'
    )


def _change(context: PageContext, change: Change) -> str:
    lang = context.lang
    before, after = change.before.get(lang), change.after.get(lang)
    arrow = f"<s>{escape(before)}</s> → " if before else ""
    return f'<li dir="auto"><span>{escape(change.name.get(lang))}</span> {arrow}{escape(after) or "–"}</li>'
