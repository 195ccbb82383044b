"""Offer a report on a task where the person may send one, ask what the move demands, and say what came of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.errors import ConflictError, StoreUnavailableError
from geo.status import DIFFICULTY_LABELS, STATUS_LABELS, DifficultyKind, Status
from services.errors import NotAllowedError, PhotoError, TransitionError
from services.forms import TEXT_MAX, ReportForm
from services.photos import take_photo
from services.reports import Sending, status_of, submit_report
from services.transitions import PERCENTS, allowed_moves, demands
from views.shelf import shelf
from views.text import plain

if TYPE_CHECKING:
    from views.context import PageContext

TASK, KEY, BASIS = "report-task", "report-key", "report-basis"
_FIELDS = ("status", "percent", "note", "kind", "difficulty", "suggestion", "feature")


def offer(context: PageContext, task: pd.Series) -> None:
    """Draw the button that opens the form, or the form where it is open; nothing where the person may not report."""
    units = (task["lead_unit"], *task["supporting_units"])
    moves = allowed_moves(context.person, units, Status(task["status"]))
    if context.desk.ledger.from_files or not moves:
        return
    if st.session_state.get(TASK) == task.name:
        with st.container(key="report", border=True):
            _form(context, task, moves)
        return
    label = context.words.gettext("Report on {task}").format(task=task.name)
    arguments = (context, str(task.name))
    st.button(label, key=f"report-{task.name}", icon=":material/edit_note:", on_click=open_form, args=arguments)


def open_form(context: PageContext, task: str) -> None:
    """Open an empty form, based on what the person sees of the task now."""
    close_form()
    st.session_state[TASK] = task
    st.session_state[KEY] = secrets.token_hex(16)
    seen = status_of(context.desk.store, context.campaign.id, task, context.desk.now())
    st.session_state[BASIS] = seen[1]


def close_form() -> None:
    """Close the form and forget what was typed."""
    for name in (TASK, KEY, BASIS, *(f"report-{field}" for field in _FIELDS)):
        st.session_state.pop(name, None)


def _form(context: PageContext, task: pd.Series, moves: tuple[Status, ...]) -> None:
    _ = context.words.gettext
    current = Status(task["status"])
    st.markdown(f"**{_('Report on {task}').format(task=task.name)}**")
    status = st.segmented_control(
        _("Status"),
        moves,
        default=current if current in moves else moves[0],
        format_func=lambda one: STATUS_LABELS[Status(one)].get(context.lang),
        key="report-status",
        required=True,
    )
    form = _fields(context, task, Status(status or moves[0]))
    photos = st.file_uploader(
        _("Photos"), ["jpg", "jpeg", "png", "heic"], accept_multiple_files=True, key=f"photos-{st.session_state[KEY]}"
    )
    send, leave = st.columns(2)
    if send.button(_("Send"), key="report-send", type="primary", width="stretch"):
        _send(context, form, list(photos))
    leave.button(_("Cancel"), key="report-cancel", on_click=close_form, width="stretch")


def _fields(context: PageContext, task: pd.Series, status: Status) -> ReportForm:
    _ = context.words.gettext
    least, most = PERCENTS[status]
    percent = least
    slot = st.container(key="report-slot")  # always there, so that what follows does not move when the slider goes
    if least < most:
        start = min(max(int(task["percent"]), least), most)
        percent = slot.slider(_("Percent"), least, most, start, key="report-percent")
    asked = demands(Status(task["status"]), status)
    note = st.text_area(_mark(_("What was done"), "note" in asked), key="report-note", max_chars=TEXT_MAX)
    kind, difficulty, suggestion = _difficulty(context, asked)
    return ReportForm(
        task=str(task.name),
        status=status,
        percent=percent,
        note=note,
        difficulty_kind=kind,
        difficulty=difficulty,
        suggestion=suggestion,
        feature=context.selected if context.selected and context.selected in task["features"] else "",
    )


def _difficulty(context: PageContext, asked: tuple[str, ...]) -> tuple[str, str, str]:
    """Ask for the kind of difficulty, and where there is one for what it is and a suggestion."""
    _ = context.words.gettext
    kind = st.selectbox(
        _mark(_("Kind of difficulty"), "difficulty_kind" in asked),
        ["", *DifficultyKind],
        format_func=lambda one: DIFFICULTY_LABELS[DifficultyKind(one)].get(context.lang) if one else "–",
        key="report-kind",
    )
    slot = st.container(key="report-more")
    if not kind:
        return "", "", ""
    difficulty = slot.text_area(
        _mark(_("Difficulty"), "difficulty" in asked), key="report-difficulty", max_chars=TEXT_MAX
    )
    return kind, difficulty, slot.text_area(_("Suggestion"), key="report-suggestion", max_chars=TEXT_MAX)


def _mark(label: str, asked: object) -> str:
    return f"{label} :red[*]" if asked else label


def _send(context: PageContext, form: ReportForm, files: list[object]) -> None:
    desk, lang = context.desk, context.lang
    try:
        photos = tuple(take_photo(shelf(), file.getvalue(), file.name) for file in files)  # type: ignore[attr-defined]
        sending = Sending(st.session_state[KEY], st.session_state[BASIS], desk.now())
        filled = ReportForm(**{name: getattr(form, name) for name in form.__slots__} | {"photos": photos})
        tasks = desk.store.tasks(context.campaign.id)
        submit_report(desk.store, context.campaign, tasks=tasks, person=context.person, form=filled, sending=sending)
    except TransitionError as error:
        st.error(plain("\n".join(demand.sentence(lang) for demand in error.demands)))
    except (NotAllowedError, PhotoError, StoreUnavailableError) as error:
        st.error(plain(error.message(lang)))
    except ConflictError as error:
        _conflict(context, form, error)
    else:
        close_form()
        st.toast(context.words.gettext("The report is stored."), icon=":material/check:")
        st.rerun()


def _conflict(context: PageContext, form: ReportForm, error: ConflictError) -> None:
    """Show both versions and let the person decide; what was typed stays."""
    _ = context.words.gettext
    st.warning(plain(error.message(context.lang)))
    newest = context.desk.store.latest_updates(context.campaign.id, context.desk.now())
    theirs = newest[newest["task"] == form.task].iloc[-1]
    mine = {"status": form.status, "percent": form.percent, "note": form.note}
    rows = [(_("Status"), theirs["status"], mine["status"]), (_("Percent"), theirs["percent"], mine["percent"])]
    rows.append((_("What was done"), theirs["note"], mine["note"]))
    table = pd.DataFrame(rows, columns=["", _("Newest"), _("Yours")]).astype(str).set_index("")
    st.dataframe(table, width="stretch")
    st.button(_("Send mine on top of the newest"), on_click=_rebase, args=(error.current,), key="report-rebase")


def _rebase(current: int) -> None:
    st.session_state[BASIS] = current
