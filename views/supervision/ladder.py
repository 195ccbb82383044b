"""Show where the ladder of a task stands, step by step, and offer the notice of its last step as a file."""

from __future__ import annotations

from datetime import datetime
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from exports.document.notice import file_name, notice_docx, notice_pdf
from geo.model.supervision import LEVEL_LABELS
from geo.supervision.ladder import Ladder, Step
from services.reports.history import names_of
from services.supervision.notice import notice_number, notice_of, with_names
from views.shared import header
from views.shared.context import PageContext, ladders_of

LEVEL_GLYPHS = {"remind": "①", "urge": "②", "supervise": "③", "circulate": "④", "close": "✓"}


def ladder_of(context: PageContext, task: str) -> Ladder | None:
    """Ladder of one task with the names of people, None where it was never supervised."""
    ladder = ladders_of(context).get(task)
    if ladder is None:
        return None
    return with_names(ladder, names_of(context.opened))


def unit_name(context: PageContext, unit: str) -> str:
    """Short name of a unit, or its id where there is no such unit."""
    return str(context.opened.loaded.units[f"short_{context.lang}"].get(unit, unit))


def when(context: PageContext, instant: datetime | None) -> str:
    """An instant on the campaign's clock, empty for none."""
    return "" if instant is None else f"{instant.astimezone(context.campaign.tz):%m-%d %H:%M}"


def waiting(context: PageContext, ladder: Ladder) -> str:
    """What a ladder waits for, and for how long."""
    _, plural = context.words.gettext, context.words.ngettext
    days = ladder.days_waiting
    if not ladder.open:
        return _("closed {when}").format(when=when(context, ladder.closed_at))
    if ladder.waiting_for is None:
        return _("answered, may be closed")
    if ladder.waiting_for == "receipt":
        text = plural("no receipt for {n} day", "no receipt for {n} days", days) if days else _("no receipt yet")
    else:
        text = plural("no reply for {n} day", "no reply for {n} days", days) if days else _("no reply yet")
    return text.format(n=days)


def deadline(context: PageContext, step: Step, *, late_days: int = 0) -> str:
    """Until when a step is to be answered, and how late that is; empty where there is no deadline."""
    _, plural = context.words.gettext, context.words.ngettext
    if step.deadline is None:
        return ""
    text = _("reply by {day}").format(day=f"{step.deadline:%m-%d}")
    if not late_days:
        return text
    return f"{text} · {plural('{n} day late', '{n} days late', late_days).format(n=late_days)}"


def task_url(context: PageContext, task: str) -> str:
    """Address of a task's page on the day that is shown."""
    query = {"id": task, "lang": context.lang}
    if context.day != context.opened.today():
        query["date"] = context.day.isoformat()
    return f"/task?{urlencode(query)}"


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def offer(context: PageContext, task: pd.Series, ladder: Ladder) -> None:
    """Draw the two buttons."""
    _, lang = context.words.gettext, context.lang
    units = context.opened.loaded.units
    notice = notice_of(context.campaign, units, task, context.board.as_of, ladder.last, drill=header.runs(context))
    with st.container(horizontal=True, key=f"notice-{task.name}"):
        st.download_button(
            _("Notice (PDF)"),
            data=lambda: notice_pdf(notice, lang),
            file_name=file_name(notice, lang, "pdf"),
            mime="application/pdf",
            key=f"notice-pdf-{task.name}",
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            _("Notice (Word)"),
            data=lambda: notice_docx(notice, lang),
            file_name=file_name(notice, lang, "docx"),
            mime=_WORD,
            key=f"notice-docx-{task.name}",
            icon=":material/edit_document:",
            on_click="ignore",
        )


def show_ladder(context: PageContext, ladder: Ladder, *, short: bool = False) -> None:
    """Draw a ladder, the last step first; `short` folds what came before it."""
    _ = context.words.gettext
    steps = [_step(context, step, ladder) for step in reversed(ladder.steps)]
    past = [_past(context, one) for one in reversed(ladder.earlier)]
    first, rest = (steps[:1], steps[1:] + past) if short else (steps + past, [])
    folded = f"<details><summary>{escape(_('Earlier steps'))}</summary><ol>{''.join(rest)}</ol></details>"
    body = f"{_head(context, ladder)}<ol>{''.join(first)}</ol>{folded if rest else ''}"
    st.html(f'<section class="onemap-ladder">{body}</section>')


def _head(context: PageContext, ladder: Ladder) -> str:
    _, lang = context.words.gettext, context.lang
    rung = LEVEL_LABELS[ladder.rung].get(lang) if ladder.rung else _("closed")
    late = ladder.reply_overdue_days
    said = waiting(context, ladder) if ladder.open else ""
    text = f'<p class="stands{" late" if late else ""}"><b>{escape(rung)}</b> {escape(said)}</p>'
    text += closing(context, ladder)
    if ladder.proposed:
        advice = _("The deadline passed without a reply. Proposed next: {rung}.")
        text += f'<p class="advice">{escape(advice.format(rung=LEVEL_LABELS[ladder.proposed].get(lang)))}</p>'
    return f"<h3>{escape(_('Supervision'))}</h3>{text}"


def _step(context: PageContext, step: Step, ladder: Ladder) -> str:
    _, lang = context.words.gettext, context.lang
    late = ladder.reply_overdue_days if step is ladder.last else 0
    head = f"{LEVEL_GLYPHS[step.rung]} {LEVEL_LABELS[step.rung].get(lang)} → {unit_name(context, step.unit)}"
    facts = (
        notice_number(context.campaign, step).get(lang),
        when(context, step.issued_at),
        step.issued_by,
        deadline(context, step, late_days=late),
    )
    parts = [
        f"<p><b>{escape(head)}</b></p>",
        f'<p class="facts{" late" if step.overdue else ""}">{escape(" · ".join(filter(None, facts)))}</p>',
        f'<p class="text" dir="auto">{escape(step.text)}</p>',
        _answers(context, step),
    ]
    return f'<li class="{step.rung}">{"".join(parts)}</li>'


def _answers(context: PageContext, step: Step) -> str:
    _ = context.words.gettext
    if step.receipt_at is None:
        return f'<p class="facts">{escape(_("no receipt yet"))}</p>'
    received = f"{_('Receipt')} {when(context, step.receipt_at)} {step.received_by}"
    text = f'<p class="facts">{escape(received)}</p>'
    for reply in step.replies:
        said = f"{_('Reply')} {when(context, reply.at)} {reply.who}"
        text += f'<blockquote><p class="facts">{escape(said)}</p><p dir="auto">{escape(reply.text)}</p></blockquote>'
    return text


def _past(context: PageContext, ladder: Ladder) -> str:
    """A ladder that was closed before, its closing and its steps in one entry."""
    steps = "".join(_step(context, step, ladder) for step in reversed(ladder.steps))
    return f'<li class="close">{closing(context, ladder)}<ol>{steps}</ol></li>'


def closing(context: PageContext, ladder: Ladder) -> str:
    """How a ladder was closed, empty while it is open."""
    if ladder.open:
        return ""
    said = f"{waiting(context, ladder)} {ladder.closed_by}"
    return f'<p class="facts">✓ {escape(said)}</p><p dir="auto">{escape(ladder.closing)}</p>'
