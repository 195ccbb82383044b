"""Make the file with one click, say how far it is while it takes time, and let it be given up."""

from __future__ import annotations

from typing import Final

import streamlit as st

from services.briefing.atlas import AtlasAsked
from services.briefing.briefing import BriefingAsked, BriefingFormat
from services.briefing.export import export_document, file_name
from services.briefing.job import Job
from services.campaign.context import real_now
from views.shared.context import PageContext
from views.shared.text import plain

JOB: Final = "briefing-job"
MAKE: Final = "briefing-make"
CANCEL: Final = "briefing-cancel"
AGAIN: Final = "briefing-again"
LOOK_SECONDS: Final = 1.0


def show(context: PageContext, asked: BriefingAsked | AtlasAsked, form: BriefingFormat) -> None:
    """Draw the button, and under it how far the last click is."""
    _ = context.words.gettext
    job: Job = st.session_state.setdefault(JOB, Job())
    desk, person, day = context.desk, context.person, context.day

    def make() -> bytes:
        return export_document(desk, person, asked, form, day, job=job, real_now=real_now)

    st.download_button(
        _("Make the file"),
        data=make,
        file_name=file_name(desk, asked, form, day),
        mime=form.media_type,
        key=MAKE,
        icon=":material/download:",
        type="primary",
        on_click=job.ask,
    )
    if job.asked:
        st.fragment(_progress, run_every=LOOK_SECONDS if job.runs else None)(context, job)


def _progress(context: PageContext, job: Job) -> None:
    """Say how far it is; where it has ended, draw the page once more without looking again."""
    _ = context.words.gettext
    if job.runs:
        said = _("Page {done} of {total}").format(done=job.done, total=job.total) if job.total else _("Gathering …")
        box = st.status(said, state="running", expanded=True)  # as a context it would end with the block
        box.progress(job.done / job.total if job.total else 0.0)
        box.button(_("Cancel"), key=CANCEL, on_click=job.give_up)
        return
    if not job.told:
        job.told = True
        st.rerun()
    if job.failed:
        st.error(plain(job.failed))
    elif job.made:
        st.success(_("The file is made; the browser keeps it with its downloads."))
        st.download_button(
            _("Save it once more"),
            data=job.made.content,
            file_name=job.made.name,
            mime=job.made.media_type,
            key=AGAIN,
            type="tertiary",
            on_click="ignore",
        )
