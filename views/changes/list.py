"""Choose since when changes are told, and list what moved, grouped by how, with figures and counts by zone and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.tasks.attention_words import unit_label
from geo.tasks.changes import (
    DIRECTION_LABELS,
    MOVE_LABELS,
    Direction,
    Move,
    TaskChange,
    counts_by_unit,
    counts_by_zone,
    direction_of,
)
from layers.style import MARKS
from locales import Name
from services.board.changes import ARROW, Comparison, meetings_before, moved_how
from views.shared import state
from views.shared.context import PageContext
from views.shared.task_card import light_image
from views.shared.url import KEYS

MEETING: Final = "changes-meeting"
DAY: Final = "changes-day"
OTHER: Final = "other"
_WEEK: Final = timedelta(days=7)


def show_choice(context: PageContext, comparison: Comparison) -> None:
    """Draw the select box of meetings, the date where another day is wanted, and the two instants in words."""
    _ = context.words.gettext
    zone = context.campaign.tz
    until = min(comparison.until, context.opened.now())
    meetings = [one.astimezone(zone) for one in meetings_before(context.campaign, until)]
    since = comparison.since.astimezone(zone).date()
    names = {one.date().isoformat(): _("Meeting of {when}").format(when=f"{one:%Y-%m-%d %H:%M}") for one in meetings}
    st.session_state[MEETING] = since.isoformat() if since.isoformat() in names else OTHER
    st.session_state[DAY] = since
    with st.container(key="changes-choice", horizontal=True, vertical_alignment="center", gap="small"):
        st.selectbox(
            _("Changes since"),
            [*names, OTHER],
            key=MEETING,
            format_func=lambda one: names.get(one, _("another day")),
            on_change=_take_meeting,
            args=(context, next(iter(names), "")),
            width=300,
        )
        if st.session_state[MEETING] == OTHER:
            st.date_input(
                _("Since the end of"),
                key=DAY,
                min_value=context.campaign.start,
                max_value=max(context.day, since),
                format="YYYY-MM-DD",
                on_change=_take_day,
                width=170,
            )
        st.html(f'<p class="onemap-span">{escape(_span(context, comparison))}</p>', width="content")


def _take_meeting(context: PageContext, last: str) -> None:
    """The last meeting is the default; another day begins a week before what is shown, but at no meeting."""
    chosen = st.session_state[MEETING]
    days = {one.astimezone(context.campaign.tz).date() for one in context.campaign.meetings}
    if chosen == OTHER:
        day = context.day - _WEEK
        while day in days:
            day -= timedelta(days=1)
        st.session_state[KEYS.since] = context.campaign.clamp(day)
    else:
        st.session_state[KEYS.since] = None if chosen == last else _day_of(chosen, days)


def _take_day() -> None:
    st.session_state[KEYS.since] = st.session_state[DAY]


def _day_of(text: str, days: set[date]) -> date:
    return next(day for day in days if day.isoformat() == text)


def _span(context: PageContext, comparison: Comparison) -> str:
    return f"{_written(comparison.since, context)} → {_written(comparison.until, context)}"


def _written(instant: datetime, context: PageContext) -> str:
    """An instant of the campaign; the last of a day is its 24:00."""
    local = instant.astimezone(context.campaign.tz)
    ends = instant == context.campaign.instant_of(local.date())
    return f"{local:%Y-%m-%d} 24:00" if ends else f"{local:%Y-%m-%d %H:%M}"


COUNTED: Final = (
    Move.NEWLY_LATE,
    Move.NEWLY_BLOCKED,
    Move.SLIPPED,
    Move.SUPERVISED,
    Move.DONE,
    Move.ACCEPTED,
    Move.UNBLOCKED,
    Move.STARTED,
    Move.NEWLY_DUE_SOON,
    Move.PROGRESSED,
)
"""Moves that are counted, in the order of the screen."""
FOLDED: Final = frozenset({Move.PROGRESSED, Move.REDEFINED, Move.OTHER})
"""Groups that are folded at first: long, and nobody has to act on them."""


def figures(context: PageContext, comparison: Comparison) -> None:
    """Draw how many tasks moved in each way."""
    cells = []
    for move in COUNTED:
        count = len(comparison.found.having(move))
        style = f"{direction_of((move,))}{'' if count else ' zero'}"
        label = f"{_sign(move)}{escape(MOVE_LABELS[move].get(context.lang))}"
        cells.append(
            f'<div class="figure {style}"><span class="label">{label}</span><span class="number">{count}</span></div>'
        )
    st.html(f'<div class="onemap-figures onemap-moved" data-testid="moves" tabindex="0">{"".join(cells)}</div>')


def legend(context: PageContext) -> None:
    """Draw what the marks on the map mean, each with sign and word."""
    _ = context.words.gettext
    parts = [
        f'<span class="{one}"><i>{MARKS[one].glyph}</i>{escape(DIRECTION_LABELS[one].get(context.lang))}</span>'
        for one in Direction
    ]
    parts.append(f'<span class="quiet"><i>─</i>{escape(_("Not moved"))}</span>')
    st.html(f'<p class="onemap-marks">{"".join(parts)}</p>')


def show(context: PageContext, comparison: Comparison) -> None:
    """Draw the groups; of a selected feature only its tasks."""
    _ = context.words.gettext
    chosen = context.selected
    if chosen:
        name = str(context.board.features.at[chosen, f"name_{context.lang}"])
        st.button(
            _("Only {name}: show all").format(name=name.replace("[", "(").replace("]", ")")),
            key="changes-all",
            icon=":material/close:",
            on_click=state.deselect,
        )
    groups = {move: _of(chosen, comparison.found.having(move)) for move in Move}
    html = "".join(_group(context, comparison, move, found) for move, found in groups.items() if found)
    if not html:
        st.info(_("Nothing moved in this time."))
        return
    st.html(f'<div class="onemap-changes" data-testid="changes">{html}</div>')


def _of(feature: str | None, found: Iterable[TaskChange]) -> list[TaskChange]:
    return [one for one in found if feature is None or any(feature in known.features for known in one.states)]


def _sign(move: Move) -> str:
    return f'<i class="sign">{MARKS[direction_of((move,))].glyph}</i>'


def _group(context: PageContext, comparison: Comparison, move: Move, found: list[TaskChange]) -> str:
    rows = "".join(_row(context, comparison, one, move) for one in found)
    opened = "" if move in FOLDED else " open"
    head = f"{_sign(move)}{escape(MOVE_LABELS[move].get(context.lang))} <b>{len(found)}</b>"
    return (
        f'<details class="{direction_of((move,))}"{opened}><summary><h3>{head}</h3></summary><ul>{rows}</ul></details>'
    )


def _row(context: PageContext, comparison: Comparison, change: TaskChange, move: Move) -> str:
    board = comparison.after if change.after else comparison.before
    task = board.tasks.loc[change.task]
    title = Name(str(task["title_zh"]), str(task["title_en"])).get(context.lang)
    lead = unit_label(context.opened.loaded.units, str(task["lead_unit"])).get(context.lang)
    how = moved_how(change, move).get(context.lang)
    said = " · ".join(part for part in (how, lead) if part)
    return (
        f'<li><a href="{escape(_address(context, change.task))}" target="_self">{_lights(context, change)}'
        f'<span><b>{escape(change.task)}</b> <span dir="auto">{escape(title)}</span>'
        f'<em dir="auto">{escape(said)}</em></span></a></li>'
    )


def _address(context: PageContext, task: str) -> str:
    dated = {"date": context.day.isoformat()} if context.day != context.opened.today() else {}
    return f"task?{urlencode({'id': task, 'lang': context.lang} | dated)}"


def _lights(context: PageContext, change: TaskChange) -> str:
    seen = dict.fromkeys(known.light for known in reversed(change.states))
    images = f'<i aria-hidden="true">{ARROW}</i>'.join(light_image(context, light) for light in seen)
    return f'<span class="lights">{images}</span>'


def table(context: PageContext, comparison: Comparison) -> None:
    """Draw the counts by zone and by lead unit; only where there are any."""
    _ = context.words.gettext
    lang, features = context.lang, context.board.features
    zones = counts_by_zone(comparison.found, features["zones"])
    units = counts_by_unit(comparison.found)
    rows = [(str(features.at[zone, f"name_{lang}"]), zones[zone]) for zone in features.index if zone in zones]
    known = context.opened.loaded.units
    named = [(unit_label(known, unit).get(lang), units[unit]) for unit in known.index if unit in units]
    if not named and not rows:
        return
    heads = "".join(f"<th>{escape(MOVE_LABELS[move].get(lang))}</th>" for move in COUNTED)
    body = _section(_("By zone"), rows) + _section(_("By lead unit"), named)
    head = f"<thead><tr><th></th>{heads}</tr></thead>"
    st.html(f'<div class="onemap-counts" tabindex="0"><table data-testid="counts">{head}{body}</table></div>')


def _section(title: str, rows: list[tuple[str, Counter[Move]]]) -> str:
    counted = [(name, counts) for name, counts in rows if any(counts[move] for move in COUNTED)]
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th>{_cells(counts)}</tr>' for name, counts in counted)
    return f'<tbody><tr class="head"><th colspan="{len(COUNTED) + 1}">{escape(title)}</th></tr>{lines}</tbody>'


def _cells(counts: Counter[Move]) -> str:
    return "".join(
        f'<td class="{direction_of((move,))}">{counts[move]}</td>' if counts[move] else "<td>·</td>" for move in COUNTED
    )
