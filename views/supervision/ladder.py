"""Show the ladder of one task: every step with issuer, text, receipt and reply, and what is proposed next."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.model.supervision import RUNG_LABELS
from geo.supervision.ladder import Ladder, Step
from services.supervision.notice import notice_number
from views.shared.context import PageContext
from views.supervision.words import RUNG_GLYPHS, deadline, unit_name, waiting, when


def show(context: PageContext, ladder: Ladder, *, short: bool = False) -> None:
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
    rung = RUNG_LABELS[ladder.rung].get(lang) if ladder.rung else _("closed")
    late = ladder.reply_overdue_days
    said = waiting(context, ladder) if ladder.open else ""
    text = f'<p class="stands{" late" if late else ""}"><b>{escape(rung)}</b> {escape(said)}</p>'
    text += closing(context, ladder)
    if ladder.proposed:
        advice = _("The deadline passed without a reply. Proposed next: {rung}.")
        text += f'<p class="advice">{escape(advice.format(rung=RUNG_LABELS[ladder.proposed].get(lang)))}</p>'
    return f"<h3>{escape(_('Supervision'))}</h3>{text}"


def _step(context: PageContext, step: Step, ladder: Ladder) -> str:
    _, lang = context.words.gettext, context.lang
    late = ladder.reply_overdue_days if step is ladder.last else 0
    head = f"{RUNG_GLYPHS[step.rung]} {RUNG_LABELS[step.rung].get(lang)} → {unit_name(context, step.unit)}"
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
