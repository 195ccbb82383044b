"""Offer a report on a task where the person may send one, ask what the move demands, and say what came of it."""

from __future__ import annotations

import secrets

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.model.errors import ConflictError, StoreUnavailableError, UnknownTaskError
from geo.model.status import DIFFICULTY_LABELS, STATUS_LABELS, DifficultyKind, Status
from services.access.policy import NotAllowedError
from services.reports.forms import TEXT_MAX, ReportForm, Submission, TransitionError, field_label
from services.reports.photos import PhotoError, Upload, Uploads, open_photo_storage
from services.reports.reports import last_seq, submit_report
from services.reports.transitions import allowed_moves, required_fields
from views.shared.context import PageContext
from views.shared.links import plain

TASK, KEY, BASIS, FILES = "report-task", "report-key", "report-basis", "report-files"
SENDING, OUTCOME = "report-sending", "report-outcome"
_FIELDS = ("status", "percent", "note", "kind", "difficulty", "suggestion")


def preserve_form_state() -> None:
    """Keep what was typed while the form is not drawn, on another feature or page: Streamlit forgets it otherwise."""
    for field in _FIELDS:
        key = f"report-{field}"
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def offer(context: PageContext, task: pd.Series) -> None:
    """Draw the button that opens the form, or the form where it is open; nothing where the person may not report."""
    units = (task["lead_unit"], *task["supporting_units"])
    moves = allowed_moves(context.person, units, Status(task["status"]))
    opened = st.session_state.get(TASK) == task.name
    if context.opened.ledger.from_files or not (moves or opened):
        return
    if context.day != context.opened.today():
        st.caption(context.words.gettext("A report is about today; go back to today's date to send one."))
    elif opened:
        with st.container(key="report", border=True):
            _form(context, task, moves)
    else:
        label = plain(context.words.gettext("Report on {task}").format(task=task.name))
        arguments = (context, str(task.name))
        st.button(label, key=f"report-{task.name}", icon=":material/edit_note:", on_click=open_form, args=arguments)


def open_form(context: PageContext, task: str) -> None:
    """Open an empty form, based on what the person sees of the task now."""
    close_form()
    try:
        opened = context.opened
        basis = last_seq(opened.store, context.campaign.id, task, opened.now())
    except StoreUnavailableError:
        return  # the banner says since when the database is gone; without it there is nothing to base a report on
    st.session_state[TASK], st.session_state[BASIS] = task, basis
    st.session_state[KEY] = st.session_state[FILES] = secrets.token_hex(16)


def close_form() -> None:
    """Close the form and forget what was typed."""
    for name in (TASK, KEY, BASIS, FILES, SENDING, OUTCOME, *(f"report-{field}" for field in _FIELDS)):
        st.session_state.pop(name, None)


def _form(context: PageContext, task: pd.Series, moves: tuple[Status, ...]) -> None:
    """Draw the form; where the person may not report any more, what was typed stays to be read."""
    _ = context.words.gettext
    current = Status(task["status"])
    choices = moves or (current,)
    if st.session_state.get("report-status") not in choices:
        st.session_state["report-status"] = current if current in choices else choices[0]
    st.markdown(f"**{plain(_('Report on {task}').format(task=task.name))}**")
    status = st.segmented_control(
        _("Status"),
        choices,
        format_func=lambda one: STATUS_LABELS[Status(one)].get(context.lang),
        key="report-status",
        required=True,
    )
    form = _fields(context, task, Status(status or choices[0]))
    files = st.file_uploader(
        _("Photos"), ["jpg", "jpeg", "png", "heic"], accept_multiple_files=True, key=f"photos-{st.session_state[FILES]}"
    )
    if st.session_state.get(SENDING):
        _send(context, form, list(files))
        st.session_state.pop(SENDING, None)  # only now: a run that is cut short by another must not lose the click
    _outcome(context, form)
    if not moves:
        st.caption(_("You may not report on this task any more; what you typed is kept here."))
    send, leave = st.columns(2)
    send.button(
        _("Send"), key="report-send", type="primary", width="stretch", on_click=_begin_sending, disabled=not moves
    )
    leave.button(_("Cancel"), key="report-cancel", on_click=close_form, width="stretch")


def _begin_sending() -> None:
    """Remember the click: should the page have to be drawn anew first, the report is still sent."""
    st.session_state[SENDING] = True
    st.session_state.pop(OUTCOME, None)


def _fields(context: PageContext, task: pd.Series, status: Status) -> ReportForm:
    _ = context.words.gettext
    least, most = status.rule.percents
    percent = least
    slot = st.container(key="report-slot")  # always there, so that what follows does not move when the slider goes
    if least < most:
        start = min(max(int(task["percent"]), least), most)
        percent = slot.slider(_("Percent"), least, most, start, key="report-percent")
    asked = required_fields(Status(task["status"]), status)
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


def _send(context: PageContext, form: ReportForm, files: list[UploadedFile]) -> None:
    opened, lang = context.opened, context.lang
    submission = Submission(st.session_state[KEY], st.session_state[BASIS], opened.now())
    uploads = Uploads(open_photo_storage(), tuple(Upload(file.name, file.getvalue()) for file in files))
    try:
        submit_report(
            opened.store,
            context.campaign,
            tasks=opened.store.tasks(context.campaign.id),
            person=context.person,
            form=form,
            submission=submission,
            uploads=uploads,
        )
    except TransitionError as error:
        st.session_state[OUTCOME] = "\n".join(one.sentence(lang) for one in error.field_errors), None
    except ConflictError as error:
        st.session_state[OUTCOME] = error.message(lang), error.current
    except (NotAllowedError, PhotoError, UnknownTaskError, StoreUnavailableError) as error:
        st.session_state[OUTCOME] = error.message(lang), None
    else:
        close_form()
        st.toast(context.words.gettext("The report is stored."), icon=":material/check:")
        st.rerun()


def _outcome(context: PageContext, form: ReportForm) -> None:
    """Say why the report was not stored, until it is sent again or the form is closed."""
    text, current = st.session_state.get(OUTCOME, ("", None))
    if not text:
        return
    if current is None:
        st.error(plain(text))
        return
    _ = context.words.gettext
    st.warning(plain(text))
    st.dataframe(_versions(context, form), width="stretch")
    st.button(_("Base mine on the newest"), on_click=_rebase, args=(current,), key="report-rebase")


def _versions(context: PageContext, form: ReportForm) -> pd.DataFrame:
    """Both versions beside each other: what is on the board now, and what was typed."""
    _, lang = context.words.gettext, context.lang
    board = context.board.tasks.loc[form.task]
    names = ("status", "percent", "note", "difficulty", "suggestion")
    columns = {_("Newest"): [board[name] for name in names], _("Yours"): [getattr(form, name) for name in names]}
    table = pd.DataFrame(columns, index=[field_label(name).get(lang) for name in names]).astype(str)
    table.iloc[0] = [STATUS_LABELS[Status(one)].get(lang) for one in table.iloc[0]]
    return table


def _rebase(current: int) -> None:
    """Take the newest as seen; the next submission is another one, with a key of its own."""
    st.session_state[BASIS] = current
    st.session_state[KEY] = secrets.token_hex(16)
    st.session_state.pop(OUTCOME, None)
