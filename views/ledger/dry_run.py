"""Import a workbook: what is wrong, what would change and what to decide are shown before anything is written."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Final

import pandas as pd
import streamlit as st

from data.store.rows import Author, Source
from geo.ledger.merge import Conflict, Side
from geo.model.errors import ConflictError, StoreUnavailableError
from services.access.policy import NotAllowedError
from services.ledger.plan import ImportPlan, ImportRefusedError
from services.ledger.workbook import confirm_import, plan_import
from services.reports.forms import field_label
from views.shared.context import PageContext
from views.shared.links import plain

_KEY: Final = "import-key"
_DONE: Final = "import-done"
_PLAN: Final = "import-plan"


def show(context: PageContext) -> None:
    """Draw the upload, then the dry run of what was uploaded."""
    _ = context.words.gettext
    if st.session_state.pop(_DONE, False):
        st.success(_("The ledger is imported."))
    st.session_state.setdefault(_KEY, secrets.token_hex(16))
    hint = _("Export the ledger from the list of tasks, edit it, bring it back. Nothing is written before you confirm.")
    st.caption(hint)
    book = st.file_uploader(_("Workbook"), ["xlsx"], key=f"book-{st.session_state[_KEY]}")
    if book is None:
        return
    try:
        plan = _plan(context, book.name, book.getvalue())
    except StoreUnavailableError as error:
        st.error(plain(error.message(context.lang)))
        return
    _dry_run(context, plan)


def _plan(context: PageContext, name: str, content: bytes) -> ImportPlan:
    """What importing a workbook would do: worked out once for a content, a version of the data and a day."""
    opened = context.opened
    key = (name, sha256(content).hexdigest(), opened.version, opened.today())
    held: tuple[object, ImportPlan] | None = st.session_state.get(_PLAN)
    if held is None or held[0] != key:
        plan = plan_import(
            content,
            opened.store,
            context.campaign,
            units=opened.loaded.units,
            features=opened.loaded.features,
            now=opened.now(),
            name=name,
        )
        st.session_state[_PLAN] = held = key, plan
    return held[1]


def _dry_run(context: PageContext, plan: ImportPlan) -> None:
    _, plural = context.words.gettext, context.words.ngettext
    if plan.problems:
        st.warning(plural("{n} problem", "{n} problems", len(plan.problems)).format(n=len(plan.problems)))
        st.dataframe(_problems(context, plan), hide_index=True, width="stretch")
    if plan.changes_nothing and plan.sound:
        st.info(_("The ledger says all of it already; nothing would change."))
        return
    if plan.changes:
        st.markdown(f"**{_('What would change')}**")
        st.dataframe(_changes(context, plan), hide_index=True, width="stretch")
    if plan.new_updates:
        count = len(plan.new_updates)
        st.caption(plural("{n} report would be stored", "{n} reports would be stored", count).format(n=count))
    decisions = {conflict.key: _decide(context, plan, conflict) for conflict in plan.conflicts}
    label = _("Write it all")
    if st.button(label, key="import-confirm", type="primary", disabled=not plan.sound or None in decisions.values()):
        _confirm(context, plan, {key: side for key, side in decisions.items() if side is not None})


def _problems(context: PageContext, plan: ImportPlan) -> pd.DataFrame:
    _, lang = context.words.gettext, context.lang
    heads = [_("File"), _("Row"), _("Column"), _("Value"), _("What is wrong"), _("How to mend it")]
    rows = [
        (one.file, "" if one.row is None else str(one.row), one.column, one.value, one.message(lang), one.remedy(lang))
        for one in plan.problems
    ]
    return pd.DataFrame(rows, columns=heads)


def _changes(context: PageContext, plan: ImportPlan) -> pd.DataFrame:
    _, lang = context.words.gettext, context.lang
    rows = [
        (
            one.task,
            field_label(one.field).get(lang) if one.field else "",
            plan.value_text(one.field, one.before),
            plan.value_text(one.field, one.after),
        )
        for one in plan.changes
    ]
    return pd.DataFrame(rows, columns=[_("Task"), _("Column"), _("Before"), _("After")])


def _decide(context: PageContext, plan: ImportPlan, conflict: Conflict) -> Side | None:
    _, lang = context.words.gettext, context.lang
    sides: dict[Side, str] = {
        "theirs": f"{_('System')}: {plan.value_text(conflict.field, conflict.theirs)}",
        "mine": f"{_('Workbook')}: {plan.value_text(conflict.field, conflict.mine)}",
    }
    label = f"{conflict.task} · {field_label(conflict.field).get(lang)}"
    shown = sha256(repr((conflict.theirs, conflict.mine)).encode()).hexdigest()[:8]  # a decision is on what was shown
    key = f"decide-{conflict.task}-{conflict.field}-{shown}"
    return st.radio(
        plain(label), list(sides), index=None, format_func=lambda side: plain(sides[side]), key=key, horizontal=True
    )


def _confirm(context: PageContext, plan: ImportPlan, decisions: dict[tuple[str, str], Side]) -> None:
    person = context.person
    if person is None:
        return
    author = Author(person.name, person.unit, str(person.role), Source.EXCEL)
    key, now = st.session_state[_KEY], context.opened.now()
    try:
        confirm_import(plan, context.opened.store, author, key=key, now=now, decisions=decisions)
    except (NotAllowedError, ImportRefusedError, ConflictError, StoreUnavailableError) as error:
        st.error(plain(error.message(context.lang)))
        return
    st.session_state.pop(_KEY)
    st.session_state.pop(_PLAN)
    st.session_state[_DONE] = True
    st.rerun()
