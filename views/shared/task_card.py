"""Draw one task as a card: who answers for it, when it is due, how far it is, what stands in the way."""

from __future__ import annotations

from html import escape

import pandas as pd

from geo.model.kinds import PRIORITY_LABELS
from geo.model.status import DIFFICULTY_LABELS, LIGHT_LABELS, STATUS_LABELS, Light, Status
from locales import Name
from services.campaign.urls import swatch_url
from views.shared.context import PageContext


def light_image(context: PageContext, light: str) -> str:
    """HTML of a light's swatch, with its word for those who do not see it."""
    label = LIGHT_LABELS[Light(light)].get(context.lang)
    return f'<img alt="{escape(label)}" title="{escape(label)}" src="{swatch_url(f"light-{light}", context.theme)}">'


def joined(context: PageContext, names: list[str]) -> str:
    """Names as a list in the language of the screen."""
    return ("、" if context.lang == "zh" else ", ").join(names)


def task_card(context: PageContext, task: pd.Series) -> str:
    """HTML of a task of the board; every text of it is escaped."""
    light, percent = task["light"], int(task["percent"])
    title = Name(task["title_zh"], task["title_en"]).get(context.lang)
    head = f"{light_image(context, light)}<b>{escape(str(task.name))}</b> {escape(title)}"
    lines = [
        f'<p class="title" dir="auto">{head}</p>',
        f"<p>{escape(_units(context, task))} · {escape(_priority(context, task))}</p>",
        f'<div class="meter"><i class="light-{light}" style="width:{percent}%"></i></div>',
        f"<p>{escape(_progress(context, task))}</p>",
        f"<p>{escape(_seen(context, task))}{_quoted(task['note'])}</p>",
        _difficulty(context, task),
    ]
    return f'<article class="light-{light}">{"".join(lines)}</article>'


def _units(context: PageContext, task: pd.Series) -> str:
    shorts = context.opened.loaded.units[f"short_{context.lang}"]
    lead, *supporting = (str(shorts.get(unit, unit)) for unit in (task["lead_unit"], *task["supporting_units"]))
    if not supporting:
        return lead
    template = context.words.gettext("{lead}, with {others}")
    return template.format(lead=lead, others=joined(context, supporting))


def _priority(context: PageContext, task: pd.Series) -> str:
    label = PRIORITY_LABELS.get(task["priority"], Name(task["priority"], task["priority"]))
    return context.words.gettext("priority {p}").format(p=label.get(context.lang))


def _progress(context: PageContext, task: pd.Series) -> str:
    _ = context.words.gettext
    status = STATUS_LABELS[Status(task["status"])].get(context.lang)
    due = _("no due date") if pd.isna(task["due"]) else _("due {day}").format(day=f"{task['due']:%Y-%m-%d}")
    return " · ".join(part for part in (f"{status} {int(task['percent'])}%", due, _left(context, task)) if part)


def _left(context: PageContext, task: pd.Series) -> str:
    _, plural = context.words.gettext, context.words.ngettext
    if pd.isna(task["days_left"]) or task["light"] == Light.DONE:
        return ""
    days = int(task["days_left"])
    if days < 0:
        return plural("{n} day overdue", "{n} days overdue", -days).format(n=-days)
    return _("due today") if days == 0 else plural("{n} day left", "{n} days left", days).format(n=days)


def _seen(context: PageContext, task: pd.Series) -> str:
    _ = context.words.gettext
    category = context.campaign.category_name(task["category"]).get(context.lang)
    if pd.isna(task["reported_at"]):
        return f"{category} · {_('no report yet')}"
    when = f"{task['reported_at'].tz_convert(context.campaign.tz):%m-%d %H:%M}"
    return f"{category} · {_('reported {when}').format(when=when)}"


def _difficulty(context: PageContext, task: pd.Series) -> str:
    _ = context.words.gettext
    if not task["difficulty"]:
        return ""
    label = DIFFICULTY_LABELS.get(task["difficulty_kind"])
    kind = f" ({label.get(context.lang)})" if label else ""
    word = escape(_("Difficulty") + kind)
    text = f'<p class="difficulty" dir="auto"><b>{word}</b> {escape(task["difficulty"])}</p>'
    if task["suggestion"]:
        text += f'<p dir="auto"><b>{escape(_("Suggestion"))}</b> {escape(task["suggestion"])}</p>'
    return text


def _quoted(note: str) -> str:
    return f' · <q dir="auto">{escape(note)}</q>' if note else ""
