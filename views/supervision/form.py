"""Show the supervision of one task, offer the acts that a person may do, take them, and say what came of it."""

from __future__ import annotations

import secrets
from datetime import date

import pandas as pd
import streamlit as st

from geo.model.errors import ConflictError, StoreUnavailableError, UnknownTaskError
from geo.model.supervision import LEVEL_LABELS, Act, EscalationLevel, SupervisionEvent
from geo.supervision.ladder import FOLLOWS, Ladder, StepState, issuable
from services.access.policy import NotAllowedError
from services.reports.forms import TEXT_MAX, Submission, TransitionError
from services.supervision import acts as supervision
from services.supervision.notice import next_proposed, proposal
from views.shared.context import PageContext
from views.shared.links import plain
from views.supervision import ladder as supervision_ladder

TASK, ACT, KEY, BASIS = "supervise-task", "supervise-act", "supervise-key", "supervise-basis"
SENDING, OUTCOME, PROPOSED = "supervise-sending", "supervise-outcome", "supervise-proposed"
RUNG, UNIT, TEXT, DAY = "supervise-rung", "supervise-unit", "supervise-text", "supervise-deadline"
_FIELDS = (RUNG, UNIT, TEXT, DAY)


def preserve_form_state() -> None:
    """Keep what was typed while the form is not drawn, on another feature or page: Streamlit forgets it otherwise."""
    for key in _FIELDS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


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
    close_form()
    try:
        basis = supervision.last_act(context.opened.store, context.campaign.id, str(task.name))
    except StoreUnavailableError:
        return  # the banner says since when the database is gone; without it there is nothing to go on from
    state = st.session_state
    state[TASK], state[ACT], state[BASIS], state[KEY] = task.name, act, basis, secrets.token_hex(16)
    if act is Act.ISSUE:
        _propose(context, task, ladder, None)
    else:
        state[TEXT] = ""
    if act is Act.RECEIPT and ladder is not None:  # nothing is to be filled in; a second click is the same receipt
        who = context.person.name if context.person else ""
        state[KEY] = f"receipt:{context.campaign.id}:{task.name}:{ladder.last.seq}:{who}"
        state[SENDING] = True


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


def close_form() -> None:
    """Close the form and forget what was typed."""
    for name in (TASK, ACT, KEY, BASIS, SENDING, OUTCOME, PROPOSED, *_FIELDS):
        st.session_state.pop(name, None)


def _form(context: PageContext, task: pd.Series, ladder: Ladder | None) -> None:
    _ = context.words.gettext
    act = Act(st.session_state[ACT])
    st.markdown(f"**{plain(_names(context, None)[act])} · {plain(str(task.name))}**")
    event = _filled(context, task, ladder, act)
    if st.session_state.get(SENDING) and event is not None:
        _send(context, event)
        st.session_state.pop(SENDING, None)
    _outcome(context)
    send, leave = st.columns(2)
    send.button(
        _("Send"),
        key="supervise-send",
        type="primary",
        width="stretch",
        on_click=_begin_sending,
        disabled=event is None,
    )
    leave.button(_("Cancel"), key="supervise-cancel", on_click=close_form, width="stretch")


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


def _begin_sending() -> None:
    """Remember the click: should the page have to be drawn anew first, the act is still sent."""
    st.session_state[SENDING] = True
    st.session_state.pop(OUTCOME, None)


def _send(context: PageContext, event: SupervisionEvent) -> None:
    opened, lang, state = context.opened, context.lang, st.session_state
    try:
        submission = Submission(state[KEY], state[BASIS], opened.now())
        tasks = opened.store.tasks(context.campaign.id)
        supervision.submit_act(
            opened.store, context.campaign, tasks=tasks, person=context.person, event=event, submission=submission
        )
    except TransitionError as error:
        state[OUTCOME] = "\n".join(one.sentence(lang) for one in error.field_errors), None
    except ConflictError as error:
        state[OUTCOME] = error.message(lang), error.current
    except (NotAllowedError, UnknownTaskError, StoreUnavailableError) as error:
        state[OUTCOME] = error.message(lang), None
    else:
        close_form()
        st.toast(context.words.gettext("The supervision is stored."), icon=":material/check:")
        st.rerun()


def _outcome(context: PageContext) -> None:
    """Say why the act was not stored, until it is sent again or the form is closed."""
    text, current = st.session_state.get(OUTCOME, ("", None))
    if not text:
        return
    if current is None:
        st.error(plain(text))
        return
    st.warning(plain(text))
    st.caption(context.words.gettext("The ladder beside the form shows the newest version."))
    label = context.words.gettext("Base mine on the newest")
    st.button(label, on_click=_rebase, args=(current,), key="supervise-rebase")


def _rebase(current: int) -> None:
    """Take the newest as seen; the next submission is another one, with a key of its own."""
    st.session_state[BASIS] = current
    st.session_state[KEY] = secrets.token_hex(16)
    st.session_state.pop(OUTCOME, None)
