"""Show all supervised tasks: a board by rung, a list by unit, and how many wait for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from geo.model.supervision import ESCALATION_LEVELS, LEVEL_LABELS, EscalationLevel
from geo.supervision.ladder import Ladder
from locales import Name
from services.supervision.notice import notice_number
from views.shared.context import PageContext
from views.shared.task_card import light_image
from views.supervision import ladder
from views.supervision.ladder import LEVEL_GLYPHS, deadline, ladder_of, task_url, unit_name, waiting

SHOW, VIEW, NOTICE = "supervision-show", "supervision-view", "supervision-notice"


def show(context: PageContext, ladders: Mapping[str, Ladder]) -> None:
    """Draw figures, the two choices, and the board or the list."""
    _ = context.words.gettext
    on_board = [one for task, one in ladders.items() if task in context.board.tasks.index]
    if not on_board:
        st.info(_("Nothing was supervised up to this day. A notice is issued on the page of its task."))
        return
    st.html(_figures(context, on_board))
    with st.container(horizontal=True, key="supervision-choices"):
        view = _choice(_("View"), VIEW, {"rung": _("By rung"), "unit": _("By unit")})
        shown = _choice(_("Show"), SHOW, {"open": _("Still open"), "all": _("All")})
    chosen = [one for one in on_board if one.open or shown == "all"]
    if not chosen:
        st.info(_("No supervision is open. “All” shows what was closed."))
        return
    st.html(_by_unit(context, chosen) if view == "unit" else _by_rung(context, chosen, closed=shown == "all"))
    with st.container(key="supervision-notices"):
        by_task = {one.task: one for one in sorted(chosen, key=lambda one: -one.last.number)}
        names = {task: notice_number(context.campaign, one.last).get(context.lang) for task, one in by_task.items()}
        task = st.selectbox(
            _("Notice to print"), list(by_task), key=NOTICE, format_func=lambda one: f"{names[one]} · {one}", width=360
        )
        if task is not None:
            chosen_one = ladder_of(context, task) or by_task[task]
            ladder.offer(context, context.board.tasks.loc[[task]].iloc[0], chosen_one)


def _choice(label: str, key: str, names: dict[str, str]) -> str:
    """Let a person choose one of a few; the first is the default."""
    first, *_ = names
    chosen = st.segmented_control(
        label, list(names), format_func=names.__getitem__, key=key, default=first, label_visibility="collapsed"
    )
    return chosen or first


def _figures(context: PageContext, ladders: Sequence[Ladder]) -> str:
    _ = context.words.gettext
    opened = [one for one in ladders if one.open]
    numbers = (
        (_("Still open"), len(opened), ""),
        (_("Reply overdue"), sum(one.reply_overdue_days > 0 for one in opened), "late"),
        (_("Without receipt"), sum(one.waiting_for == "receipt" for one in opened), ""),
        (_("Without reply"), sum(one.waiting_for == "reply" for one in opened), ""),
        (_("To be closed"), sum(one.waiting_for is None for one in opened), ""),
        (_("Closed"), len(ladders) - len(opened), ""),
    )
    parts = (
        f'<div class="{kind if number else ""}"><dt>{escape(word)}</dt><dd>{number}</dd></div>'
        for word, number, kind in numbers
    )
    return f'<dl class="onemap-rung-figures">{"".join(parts)}</dl>'


def _by_rung(context: PageContext, ladders: Sequence[Ladder], *, closed: bool) -> str:
    columns = [(rung, [one for one in ladders if one.rung is rung]) for rung in ESCALATION_LEVELS]
    if closed:
        columns.append((EscalationLevel.CLOSE, [one for one in ladders if not one.open]))
    return f'<div class="onemap-rungs">{"".join(_column(context, rung, cases) for rung, cases in columns)}</div>'


def _column(context: PageContext, rung: EscalationLevel, cases: Sequence[Ladder]) -> str:
    _, title = context.words.gettext, _title(context, rung)
    ordered = sorted(cases, key=lambda one: (-one.reply_overdue_days, -one.days_waiting, one.task))
    cards = "".join(_card(context, one) for one in ordered)
    empty = f'<p class="none">{escape(_("nothing here"))}</p>'
    head = f'<h3><span aria-hidden="true">{LEVEL_GLYPHS[rung]}</span> {escape(title)} <b>{len(cases)}</b></h3>'
    return f'<section class="rung {rung}">{head}{cards or empty}</section>'


def _title(context: PageContext, rung: EscalationLevel) -> str:
    return context.words.gettext("Closed") if rung is EscalationLevel.CLOSE else LEVEL_LABELS[rung].get(context.lang)


def _card(context: PageContext, ladder: Ladder) -> str:
    _, task, last = context.words.gettext, context.board.tasks.loc[ladder.task], ladder.last
    title = Name(str(task["title_zh"]), str(task["title_en"])).get(context.lang)
    late = ladder.reply_overdue_days
    number = notice_number(context.campaign, last).get(context.lang)
    head = f"{light_image(context, str(task['light']))}<b>{escape(ladder.task)}</b> {escape(title)}"
    lines = [
        f'<p class="title" dir="auto">{head}</p>',
        f"<p>{escape(unit_name(context, last.unit))} · {escape(number)}</p>",
        f'<p class="stands{" late" if late else ""}">{escape(waiting(context, ladder))}</p>',
    ]
    if ladder.open and ladder.waiting_for:
        lines.append(f'<p class="{"late" if late else ""}">{escape(deadline(context, last, late_days=late))}</p>')
    if ladder.proposed:
        advice = _("Proposed: {rung}").format(rung=LEVEL_LABELS[ladder.proposed].get(context.lang))
        lines.append(f'<p class="advice">{escape(advice)}</p>')
    return f'<a href="{escape(task_url(context, ladder.task))}" target="_self">{"".join(lines)}</a>'


def _by_unit(context: PageContext, ladders: Sequence[Ladder]) -> str:
    by_unit: dict[str, list[Ladder]] = {}
    for one in ladders:
        by_unit.setdefault(one.last.unit, []).append(one)
    order = sorted(by_unit, key=lambda unit: (-sum(one.open for one in by_unit[unit]), unit_name(context, unit)))
    return f'<div class="onemap-rung-units">{"".join(_unit(context, unit, by_unit[unit]) for unit in order)}</div>'


def _unit(context: PageContext, unit: str, ladders: Sequence[Ladder]) -> str:
    head = f"<h3>{escape(unit_name(context, unit))} <b>{len(ladders)}</b></h3>"
    ranked = sorted(ladders, key=lambda one: (not one.open, -ESCALATION_LEVELS.index(one.last.rung), one.task))
    return f'<section class="rung">{head}{"".join(_line(context, one) for one in ranked)}</section>'


def _line(context: PageContext, ladder: Ladder) -> str:
    rung = ladder.rung or EscalationLevel.CLOSE
    mark = f'<span class="mark {rung}">{LEVEL_GLYPHS[rung]} {escape(_title(context, rung))}</span>'
    return f'<div class="line">{mark}{_card(context, ladder)}</div>'
