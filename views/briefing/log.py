"""List the views that are kept for everybody, and what was exported last."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.errors import StoreUnavailableError
from services.briefing.atlas import SUBJECT_LABELS
from services.briefing.briefing import offered
from services.snapshots.export_view import VIEW, Logged, logged
from services.snapshots.saved_views import address_of, saved_views
from views.shared.context import PageContext


def show(context: PageContext) -> None:
    """Draw both lists."""
    _ = context.words.gettext
    st.html(f'<h3 class="onemap-part">{_("Kept views")}</h3>{_views(context)}')
    st.html(f'<h3 class="onemap-part">{_("Exported last")}</h3>{_log(context)}')


def _views(context: PageContext) -> str:
    _ = context.words.gettext
    try:
        views = saved_views(context.opened)
    except StoreUnavailableError:
        views = ()
    if not views:
        return f'<p class="onemap-quiet">{_("None yet: the export control of the map keeps one.")}</p>'
    rows = (
        f'<li><a href="{escape(address_of(context.opened, one, context.lang))}" target="_self" dir="auto">'
        f"{escape(one.name)}</a></li>"
        for one in views
    )
    return f'<ul class="onemap-exports">{"".join(rows)}</ul>'


def _log(context: PageContext) -> str:
    _ = context.words.gettext
    found = logged(context.opened)
    if not found:
        return f'<p class="onemap-quiet">{_("Nothing yet.")}</p>'
    names = {VIEW: _("Map"), **offered(context.lang).kinds}
    names |= {f"atlas-{one}": label.get(context.lang) for one, label in SUBJECT_LABELS.items()}
    return f'<ul class="onemap-exports">{"".join(_row(context, one, names) for one in found)}</ul>'


def _row(context: PageContext, one: Logged, names: dict[str, str]) -> str:
    at = one.at.astimezone(context.campaign.tz)
    what = f"{names.get(one.what, one.what)} · {one.format.upper()} · {one.day}"
    return f'<li><time>{at:%m-%d %H:%M}</time> <b dir="auto">{escape(one.who or "—")}</b> {escape(what)}</li>'
