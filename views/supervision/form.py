"""Show the supervision of one task, offer the acts that a person may do, take them, and say what came of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.model.errors import StoreUnavailableError
from geo.model.supervision import LEVEL_LABELS, Act, EscalationLevel, SupervisionEvent
from geo.supervision.ladder import FOLLOWS, Ladder, StepState, issuable
from services.reports.forms import TEXT_MAX, Submission
from services.supervision import acts as supervision
from services.supervision.notice import next_proposed, proposal
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.write_form import WriteForm
from views.supervision import ladder as supervision_ladder

TASK, ACT, PROPOSED = "supervise-task", "supervise-act", "supervise-proposed"
RUNG, UNIT, TEXT, DAY = "supervise-rung", "supervise-unit", "supervise-text", "supervise-deadline"
FORM: Final = WriteForm("supervise", typed=(RUNG, UNIT, TEXT, DAY), held=(TASK, ACT, PROPOSED))


def show(context: PageContext, task: pd.Series, *, short: bool = False) -> None:
    """Draw the task's ladder where it was supervised, and what may be done; `short` folds earlier steps."""
    ladder = supervision_ladder.ladder_of(context, str(task.name))
    if ladder is not None:
        supervision_ladder.show_ladder(context, ladder, short=short)
        if not short:
            supervision_ladder.offer(context, task, ladder)
    _offer(context, task, ladder)


def _offer(context: PageContext, task: pd.Series, ladder: Ladder | None) -> None:
    """Draw the buttons of what the person may do on this task, or the form of the act that is open."""
    acts = _acts(context, ladder)
    opened = st.session_state.get(TASK) == task.name
    if context.opened.ledger.from_files or not (acts or opened):
        return
    if context.day != context.opened.today():
        st.caption(context.words.gettext("Supervision is about today; go back to today's date to go on with it."))
        return
    if opened:
        with st.container(key="supervise", border=True):
            _form(context, task, ladder)
        return
    names = _names(context, ladder)
    with st.container(horizontal=True, key=f"supervise-acts-{task.name}"):
        for act in acts:
            key, arguments = f"supervise-{act}-{task.name}", (context, task, ladder, act)
            st.button(plain(names[act]), key=key, on_click=open_form, args=arguments)


def _acts(context: PageContext, ladder: Ladder | None) -> list[Act]:
    standing = ladder.standing if ladder else StepState.NONE
    unit = ladder.last.unit if ladder and ladder.open else ""
    return [act for act in Act if act in FOLLOWS[standing] and supervision.may_act(context.person, act, unit)]


def _names(context: PageContext, ladder: Ladder | None) -> dict[Act, str]:
    _ = context.words.gettext
    rung = LEVEL_LABELS[next_proposed(ladder)].get(context.lang)
    again = _("Proposed: {rung}").format(rung=rung) if ladder and ladder.proposed else _("Issue a notice")
    return {Act.ISSUE: again, Act.RECEIPT: _("Confirm receipt"), Act.REPLY: _("Answer"), Act.CLOSE: _("Close it")}


def open_form(context: PageContext, task: pd.Series, ladder: Ladder | None, act: Act) -> None:
    """Open the form of an act, filled with what is proposed and based on what is stored now."""
    FORM.close()
    try:
        basis = supervision.last_act(context.opened.store, context.campaign.id, str(task.name))
    except StoreUnavailableError:
        return  # the banner says since when the database is gone; without it there is nothing to go on from
    FORM.open(basis)
    state = st.session_state
    state[TASK], state[ACT] = task.name, act
    if act is Act.ISSUE:
        _propose(context, task, ladder, None)
    else:
        state[TEXT] = ""
    if act is Act.RECEIPT and ladder is not None:  # nothing is to be filled in; a second click is the same receipt
        who = context.person.name if context.person else ""
        state[FORM.key] = f"receipt:{context.campaign.id}:{task.name}:{ladder.last.seq}:{who}"
        state[FORM.sending] = True


def _propose(context: PageContext, task: pd.Series, ladder: Ladder | None, rung: EscalationLevel | None) -> None:
    """Fill the form with the proposal for a rung; what a person changed stays."""
    state = st.session_state
    found = proposal(context.campaign, task, ladder, rung, context.opened.today())
    fresh = (found.text.get(context.lang), found.deadline)
    before = state.get(PROPOSED)
    state[RUNG] = found.rung
    state.setdefault(UNIT, found.unit)
    if before is None or state.get(TEXT) == before[0]:
        state[TEXT] = fresh[0]
    if before is None or state.get(DAY) == before[1]:
        state[DAY] = fresh[1]
    state[PROPOSED] = fresh


def _form(context: PageContext, task: pd.Series, ladder: Ladder | None) -> None:
    _ = context.words.gettext
    act = Act(st.session_state[ACT])
    st.markdown(f"**{plain(_names(context, None)[act])} · {plain(str(task.name))}**")
    event = _filled(context, task, ladder, act)
    if event is not None and FORM.send(context.lang, partial(_submit, context, event)):
        st.toast(_("The supervision is stored."), icon=":material/check:")
        st.rerun()
    FORM.show_outcome(context, partial(_show_newest, context))
    FORM.show_buttons(context, _("Send"), disabled=event is None)


def _filled(context: PageContext, task: pd.Series, ladder: Ladder | None, act: Act) -> SupervisionEvent | None:
    """Ask what an act needs, and return it; None where there is no ladder any more to do it on."""
    _ = context.words.gettext
    if act is Act.ISSUE:
        return _notice(context, task, ladder)
    if act is not Act.RECEIPT:
        st.text_area(
            _("What was done about it") if act is Act.REPLY else _("Why it is closed"), key=TEXT, max_chars=TEXT_MAX
        )
    if ladder is None:
        return None
    text = st.session_state.get(TEXT, "")
    return {
        Act.RECEIPT: lambda: supervision.receipt(ladder),
        Act.REPLY: lambda: supervision.reply(ladder, text),
        Act.CLOSE: lambda: supervision.close(ladder, text),
    }[act]()


def _notice(context: PageContext, task: pd.Series, ladder: Ladder | None) -> SupervisionEvent:
    _ = context.words.gettext
    rungs, units = issuable(ladder), (task["lead_unit"], *task["supporting_units"])
    if st.session_state.get(RUNG) not in rungs:
        _propose(context, task, ladder, None)
    if st.session_state.get(UNIT) not in units:
        st.session_state[UNIT] = units[0]
    st.segmented_control(
        _("Rung"),
        rungs,
        format_func=lambda one: LEVEL_LABELS[EscalationLevel(one)].get(context.lang),
        key=RUNG,
        required=True,
        on_change=lambda: _propose(context, task, ladder, st.session_state[RUNG]),
    )
    st.selectbox(_("To"), units, format_func=lambda unit: supervision_ladder.unit_name(context, unit), key=UNIT)
    st.text_area(_("What is demanded"), key=TEXT, max_chars=TEXT_MAX)
    st.date_input(_("Reply by"), key=DAY, min_value=context.opened.today(), format="YYYY-MM-DD")
    state = st.session_state
    day = state[DAY] if isinstance(state[DAY], date) else None
    return supervision.issue(str(task.name), EscalationLevel(state[RUNG]), str(state[UNIT]), str(state[TEXT]), day)


def _submit(context: PageContext, event: SupervisionEvent, key: str, basis: int) -> None:
    opened = context.opened
    supervision.submit_act(
        opened.store,
        context.campaign,
        tasks=opened.store.tasks(context.campaign.id),
        person=context.person,
        event=event,
        submission=Submission(key, basis, opened.now()),
    )


def _show_newest(context: PageContext) -> None:
    st.caption(context.words.gettext("The ladder beside the form shows the newest version."))
