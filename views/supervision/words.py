"""Say in the language of the screen where a ladder stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from geo.supervision.ladder import Ladder, Step, ladders
from services.campaign.last_known import names_of
from services.supervision.notice import with_names
from views.shared.context import PageContext

RUNG_GLYPHS = {"remind": "①", "urge": "②", "supervise": "③", "circulate": "④", "close": "✓"}


def ladders_of(context: PageContext) -> Mapping[str, Ladder]:
    """Ladders of all supervised tasks as of the day that is shown."""
    as_of = context.board.as_of
    return ladders(context.desk.supervision(as_of), as_of, context.campaign.tz)


def ladder_of(context: PageContext, task: str) -> Ladder | None:
    """Ladder of one task with the names of people, None where it was never supervised."""
    ladder = ladders_of(context).get(task)
    if ladder is None:
        return None
    return with_names(ladder, names_of(context.desk))


def unit_name(context: PageContext, unit: str) -> str:
    """Short name of a unit, or its id where there is no such unit."""
    return str(context.desk.loaded.units[f"short_{context.lang}"].get(unit, unit))


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
    if context.day != context.desk.today():
        query["date"] = context.day.isoformat()
    return f"/task?{urlencode(query)}"
