"""Choose a document, make the file with one click, follow or cancel it; list the kept views and the last exports."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Final

import streamlit as st

from geo.model.errors import StoreUnavailableError
from locales import LANGUAGE_NAMES, LANGUAGES, Language
from services.board.changes import instant_since
from services.briefing.atlas import SUBJECT_LABELS, AtlasRequest, Subject
from services.briefing.briefing import (
    BRIEFING,
    EVALUATION,
    FORMATS,
    BriefingFormat,
    BriefingRequest,
    Offer,
    format_for,
    offered,
)
from services.briefing.export import Job, export_document, file_name
from services.campaign.context import real_now
from services.incidents.incidents import drill_runs
from services.snapshots.export_view import VIEW, Logged, logged
from services.snapshots.saved_views import address_of, saved_views
from views.shared.context import PageContext
from views.shared.links import plain

JOB: Final = "briefing-job"
MAKE: Final = "briefing-make"
CANCEL: Final = "briefing-cancel"
AGAIN: Final = "briefing-again"
LOOK_SECONDS: Final = 1.0


def show_button(context: PageContext, asked: BriefingRequest | AtlasRequest, form: BriefingFormat) -> None:
    """Draw the button, and under it how far the last click is."""
    _ = context.words.gettext
    job: Job = st.session_state.setdefault(JOB, Job())
    opened, person, day = context.opened, context.person, context.day

    def make() -> bytes:
        return export_document(opened, person, asked, form, day, job=job, real_now=real_now)

    st.download_button(
        _("Make the file"),
        data=make,
        file_name=file_name(opened, asked, form, day),
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


KIND: Final = "briefing-kind"
SECTIONS: Final = "briefing-sections"
SINCE: Final = "briefing-since"
LANG: Final = "briefing-lang"
FORMAT: Final = "briefing-format"
SUBJECT: Final = "atlas-of"
ATLAS: Final = "atlas"


def show(context: PageContext) -> None:
    """Draw the choices, and below them the button that makes the file."""
    offer = offered(context.lang)
    kind = _kind(context, offer)
    asked: BriefingRequest | AtlasRequest
    sections = () if kind == ATLAS else _sections(context, offer, kind)
    with st.container(horizontal=True, key="briefing-row", gap="large", vertical_alignment="bottom"):
        if kind == ATLAS:
            asked = _atlas(context)
        else:
            since = None if kind == EVALUATION else _since(context)
            asked = BriefingRequest(_lang(context), kind, sections, since, None, *_who(context))
        form = _format(context)
    show_button(context, asked, form)


def _who(context: PageContext) -> tuple[str, bool]:
    """Name of who exports, and whether a drill is open."""
    person = context.person
    return (person.display_name or person.name) if person else "", drill_runs(context.opened)


def _kind(context: PageContext, offer: Offer) -> str:
    _ = context.words.gettext
    names = {**offer.kinds, ATLAS: _("Atlas")}
    return st.segmented_control(
        _("Document"), list(names), key=KIND, format_func=names.__getitem__, default=BRIEFING, required=True
    )


def _sections(context: PageContext, offer: Offer, kind: str) -> tuple[str, ...]:
    """Sections in the order in which they were chosen; none chosen: all, as the template orders them."""
    _ = context.words.gettext
    chosen = st.multiselect(
        _("Sections, in their order"),
        list(offer.titles),
        default=list(offer.sections[kind]),
        key=f"{SECTIONS}-{kind}",
        format_func=offer.titles.__getitem__,
        help=_("They come in the order in which they are chosen: take one away and choose it again to move it last."),
    )
    return tuple(chosen)


def _since(context: PageContext) -> date | None:
    _ = context.words.gettext
    last = (
        instant_since(context.campaign, None, context.board.as_of, context.opened.now())
        .astimezone(context.campaign.tz)
        .date()
    )
    day: date | None = st.date_input(
        _("Changes since"),
        value=last,
        min_value=context.campaign.start,
        max_value=context.campaign.end,
        key=f"{SINCE}-{last.isoformat()}",
        format="YYYY-MM-DD",
        width=210,
        help=_("At first the last meeting before the day of the head."),
    )
    return day


def _lang(context: PageContext) -> Language:
    _ = context.words.gettext
    return st.segmented_control(
        _("Language of the file"),
        LANGUAGES,
        default=context.lang,
        key=LANG,
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
    )


def _atlas(context: PageContext) -> AtlasRequest:
    _ = context.words.gettext
    names = {str(one): label.get(context.lang) for one, label in SUBJECT_LABELS.items()}
    subject = st.segmented_control(
        _("A page for each of"),
        list(names),
        default=str(Subject.CORRIDORS),
        key=SUBJECT,
        format_func=names.__getitem__,
        required=True,
    )
    exporter, drill = _who(context)
    return AtlasRequest(_lang(context), Subject(subject), context.filters, None, exporter, drill=drill)


def _format(context: PageContext) -> BriefingFormat:
    _ = context.words.gettext
    names = {form.id: form.name.get(context.lang) for form in FORMATS}
    chosen = st.segmented_control(
        _("Format"), list(names), default=FORMATS[0].id, key=FORMAT, format_func=names.__getitem__, required=True
    )
    return format_for(chosen)


def show_log(context: PageContext) -> None:
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
