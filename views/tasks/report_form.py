"""Offer a report on a task where the person may send one, ask what the move demands, and say what came of it."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.model.errors import StoreUnavailableError
from geo.model.status import DIFFICULTY_LABELS, STATUS_LABELS, DifficultyKind, Status
from services.reports.forms import TEXT_MAX, ReportForm, Submission, field_label
from services.reports.photos import Upload, Uploads, open_photo_storage
from services.reports.reports import last_seq, submit_report
from services.reports.transitions import allowed_moves, required_fields
from views.shared.context import PageContext
from views.shared.links import plain
from views.shared.write_form import WriteForm

TASK, FILES = "report-task", "report-files"
FORM: Final = WriteForm(
    "report",
    typed=("report-status", "report-percent", "report-note", "report-kind", "report-difficulty", "report-suggestion"),
    held=(TASK, FILES),
)


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
    FORM.close()
    try:
        opened = context.opened
        basis = last_seq(opened.store, context.campaign.id, task, opened.now())
    except StoreUnavailableError:
        return  # the banner says since when the database is gone; without it there is nothing to base a report on
    FORM.open(basis)
    st.session_state[TASK], st.session_state[FILES] = task, secrets.token_hex(16)


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
    if FORM.send(context.lang, partial(_submit, context, form, list(files))):
        st.toast(_("The report is stored."), icon=":material/check:")
        st.rerun()
    FORM.show_outcome(context, partial(_show_versions, context, form))
    if not moves:
        st.caption(_("You may not report on this task any more; what you typed is kept here."))
    FORM.show_buttons(context, _("Send"), disabled=not moves)


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


def _submit(context: PageContext, form: ReportForm, files: list[UploadedFile], key: str, basis: int) -> None:
    opened = context.opened
    submit_report(
        opened.store,
        context.campaign,
        tasks=opened.store.tasks(context.campaign.id),
        person=context.person,
        form=form,
        submission=Submission(key, basis, opened.now()),
        uploads=Uploads(open_photo_storage(), tuple(Upload(file.name, file.getvalue()) for file in files)),
    )


def _show_versions(context: PageContext, form: ReportForm) -> None:
    """Draw both versions beside each other: what is on the board now, and what was typed."""
    _, lang = context.words.gettext, context.lang
    board = context.board.tasks.loc[form.task]
    names = ("status", "percent", "note", "difficulty", "suggestion")
    columns = {_("Newest"): [board[name] for name in names], _("Yours"): [getattr(form, name) for name in names]}
    table = pd.DataFrame(columns, index=[field_label(name).get(lang) for name in names]).astype(str)
    table.iloc[0] = [STATUS_LABELS[Status(one)].get(lang) for one in table.iloc[0]]
    st.dataframe(table, width="stretch")
