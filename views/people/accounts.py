"""Manage accounts: each act goes through the service, which checks it again and records who did it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from data.store.rows import Account, Source
from geo.model.errors import ConflictError, StoreUnavailableError
from services.access.accounts import (
    Act,
    NewAccount,
    OneTime,
    add_account,
    change_account,
    disable_account,
    enable_account,
    reset_password,
)
from services.access.errors import AccessError
from services.access.policy import NotAllowedError, Role
from services.campaign.context import real_now
from views.shared.context import PageContext
from views.shared.links import plain

ONE_TIME = "one-time"
OPENED = "account-opened-"
"""With a name: the account as it was when somebody began to change it."""


def show(context: PageContext) -> None:
    """Draw the one-time password that was just made, the form and the list."""
    _ = context.words.gettext
    handed: OneTime | None = st.session_state.pop(ONE_TIME, None)
    if handed is not None:
        name = plain(handed.account.name)
        st.success(_("Hand over this one-time password for {name}; it is shown only now.").format(name=name))
        st.code(handed.password, language=None)
    _new(context)
    for account in context.opened.store.accounts():
        _row(context, account)


def _new(context: PageContext) -> None:
    _, lang = context.words.gettext, context.lang
    with st.form("new-account", clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Account"), key="account-name")
        shown = st.text_input(_("Name"), key="account-shown")
        role = st.selectbox(_("Role"), list(Role), 1, format_func=lambda one: Role(one).label.get(lang))
        names = _names_of_units(context)
        unit = st.selectbox(_("Unit"), list(names), format_func=names.__getitem__)
        sent = st.form_submit_button(_("Add account"), type="primary")
    if sent:
        new = NewAccount(name=name, role=str(role), unit=unit, display_name=shown)
        _do(context, lambda act: add_account(context.opened.store, new, act, units=list(names)))


def _names_of_units(context: PageContext) -> dict[str, str]:
    """Short names of the units by id, and a dash for none."""
    units = context.opened.loaded.units[f"short_{context.lang}"]
    return {"": "–"} | {str(unit): str(short) for unit, short in units.items()}


def _change(context: PageContext, account: Account) -> None:
    """Draw the form that changes role, unit and name of an account, as it was when the form was opened."""
    _, lang = context.words.gettext, context.lang
    names = _names_of_units(context)
    names.setdefault(account.unit, account.unit)
    with st.form(f"change-form-{account.name}-{account.seq}", border=False):
        shown = st.text_input(_("Name"), account.display_name, max_chars=80)
        roles = list(Role)
        role = st.selectbox(
            _("Role"), roles, roles.index(Role(account.role)), format_func=lambda one: Role(one).label.get(lang)
        )
        unit = st.selectbox(_("Unit"), list(names), list(names).index(account.unit), format_func=names.__getitem__)
        sent = st.form_submit_button(_("Save"), type="primary")
    if sent:
        new = NewAccount(name=account.name, role=str(role), unit=unit, display_name=shown)
        store, units = context.opened.store, list(context.opened.loaded.units.index)
        st.session_state.pop(OPENED + account.name, None)
        _do(context, lambda act: change_account(store, account, new, act, units=units))


def _row(context: PageContext, account: Account) -> None:
    _, lang = context.words.gettext, context.lang
    with st.container(horizontal=True, vertical_alignment="center", key=f"account-{account.name}"):
        unit = context.opened.loaded.units[f"short_{lang}"].get(account.unit, account.unit)
        closed = "" if account.active else f" · {_('disabled')}"
        role = Role(account.role).label.get(lang)
        text = f"{account.display_name} ({account.name}) · {role} {unit}{closed}"
        st.markdown(plain(text), width="stretch")
        with st.popover(_("Change"), key=f"change-{account.name}", on_change="rerun") as opened:
            if opened.open:
                _change(context, st.session_state.setdefault(OPENED + account.name, account))
            else:
                st.session_state.pop(OPENED + account.name, None)
        act = disable_account if account.active else enable_account
        label = _("Disable") if account.active else _("Open again")
        store = context.opened.store
        if st.button(label, key=f"switch-{account.name}"):
            _do(context, lambda one: act(store, account.name, one))
        if st.button(_("New one-time password"), key=f"reset-{account.name}"):
            _do(context, lambda one: reset_password(store, account.name, one))


def _do(context: PageContext, work: Callable[[Act], Any]) -> None:
    if context.person is None:
        return
    try:
        result = work(Act(context.person, Source.WEB, real_now()))
    except (AccessError, NotAllowedError, ConflictError, StoreUnavailableError) as error:
        st.error(plain(error.message(context.lang)))
        return
    if isinstance(result, OneTime):
        st.session_state[ONE_TIME] = result
    st.rerun()
