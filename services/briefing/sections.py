"""Make the sections of a briefing; a new one is a function, its line in SECTIONS and its title in the template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from exports.document.model import Block, CurveView, Figures, Section, Words
from exports.snapshot import words as texts
from geo.model.kinds import Layer
from geo.model.status import BLOCKED, FINISHED, Light
from geo.tasks.changes import marks
from layers.paper.curve import Curve
from locales import Day, Text
from services.board.progress import basis, needed, sentence
from services.briefing import tables
from services.briefing.evaluation import EVALUATION
from services.briefing.material import Material

_COVER_INSET: Final = 0.2
"""Of the extent, that the cover leaves out at each side."""


def state(material: Material) -> str:
    """How the whole stands, in a sentence."""
    total = material.summary.total
    if not total.tasks:
        return material.say(tables.NO_TASKS)
    done = sum(total.by_status[one] for one in FINISHED)
    text = Text("{done} of {tasks} tasks are done ({share}%); {red} late or blocked, {yellow} due within {days} days.")
    return material.say(
        text,
        tasks=total.tasks,
        done=done,
        share=round(100 * done / total.tasks),
        red=total.by_light[Light.RED],
        yellow=total.by_light[Light.YELLOW],
        days=material.campaign.lights.due_soon_days,
    )


def cover(material: Material) -> list[Section]:
    """Name, map, and as of when."""
    as_of = texts.as_of_words(material.board.as_of, material.campaign, material.lang)
    west, south, east, north = material.map("").content.extent
    wide, high = (east - west) * _COVER_INSET, (north - south) * _COVER_INSET
    inner = (west + wide, south + high, east - wide, north - high)
    return [Section("cover", "", (material.map(state(material), wanted=inner), Words(as_of)), "cover")]


def overview(material: Material) -> list[Section]:
    """Figures, map and what they mean."""
    figures = texts.key_figures(material.summary, material.campaign, material.lang)
    blocks = (
        Figures(figures),
        material.map(f"{material.heading('overview')} · {state(material)}", wanted=material.campaign.view),
        Words(state(material), "lead"),
        Words(sentence(material.progress.forecast).get(material.lang)),
        tables.by_category(material),
    )
    return [Section("overview", material.heading("overview"), blocks, "board")]


def _since(material: Material) -> str:
    found, campaign = material.comparison, material.campaign
    since, until = (texts.instant_words(one, campaign) for one in (found.since, found.until))
    return material.say(Text("From {since} to {until}"), since=since, until=until)


def zones(material: Material) -> list[Section]:
    """A page for each zone."""
    features = material.board.features
    made = []
    for zone in features.index[features["layer"] == Layer.ZONES]:
        summary, name = material.in_zone(str(zone)), material.name(str(zone))
        figures = texts.key_figures(summary, material.campaign, material.lang)[:6]
        heading = material.heading("zones", zone=name)
        blocks: tuple[Block, ...] = (
            material.map(heading, str(zone)),
            Figures(figures),
            tables.pressing(material, str(zone)),
        )
        made.append(Section(f"zone-{zone}", heading, blocks, "map"))
    return made


def changed(material: Material) -> list[Section]:
    """The map of change, and the list of everything that moved."""
    found, heading = material.comparison.found, material.heading("changes")
    if not found.tasks:
        return [Section("changes", heading, (Words(_since(material), "note"), Words(tables.moved(material), "lead")))]
    picture = material.map(f"{heading} · {tables.moved(material)}", marks=marks(found), wanted=material.campaign.view)
    blocks: tuple[Block, ...] = (picture, Words(_since(material), "note"), Words(tables.moved(material), "lead"))
    figures: tuple[Block, ...] = (Figures(tables.move_figures(material)),)
    listed = material.say(Text("{title}: the list"), title=heading)
    loud = tables.changes(material, loud=True)
    if loud.rows:
        figures = (*figures, loud)
    return [
        Section("changes", heading, (*blocks, *figures), "map"),
        Section("changes-list", listed, (tables.changes(material),)),
    ]


def late(material: Material) -> list[Section]:
    """What is late or blocked, why, and who answers."""
    board = material.board.tasks
    red = board[board["light"] == Light.RED]
    past = int((red["days_left"].astype("Float64").fillna(0) < 0).sum())
    blocked = int(red["status"].isin(list(BLOCKED)).sum())
    text = Text("{n} late or blocked: {late} past the due date, {blocked} blocked.")
    lead = material.say(text, n=len(red), late=past, blocked=blocked)
    blocks: tuple[Block, ...] = (Words(lead, "lead"), tables.late(material)) if len(red) else (tables.late(material),)
    return [Section("late", material.heading("late"), blocks)]


def supervision(material: Material) -> list[Section]:
    """What is under supervision, and what it waits for."""
    blocks: tuple[Block, ...] = (tables.supervised(material),)
    if material.ladders:
        blocks = (Figures(tables.ladder_figures(material)), *blocks)
    return [Section("supervision", material.heading("supervision"), blocks)]


def progress(material: Material) -> list[Section]:
    """The curve, the forecast, and what it rests on."""
    found, forecast = material.progress, material.progress.forecast
    blocks: list[Block] = [Words(sentence(forecast).get(material.lang), "lead")]
    if len(found.curve):
        blocks.append(CurveView(curve_of(material), f"{_planned(material)} {sentence(forecast).get(material.lang)}"))
        blocks.append(Words(_planned(material)))
    parts = [basis(forecast), needed(forecast)]
    blocks += [Words(part.get(material.lang), "note") for part in parts if part.get(material.lang)]
    if found.undated:
        listed = tables.AND.get(material.lang).join(found.undated)
        undated = Text("Without a due date, and not in the planned curve: {tasks}.")
        blocks.append(Words(material.say(undated, tasks=listed), "note"))
    return [Section("progress", material.heading("progress"), tuple(blocks))]


def _planned(material: Material) -> str:
    found = material.progress
    row = found.curve.reindex([pd.Timestamp(found.day)]).fillna(0).iloc[0]
    text = Text("By {day}, {planned} tasks were planned to be done and {done} are.")
    return material.say(text, day=material.day(found.day), planned=int(row["planned"]), done=int(row["finished"]))


def curve_of(material: Material) -> Curve:
    """The curve as it is drawn: from the month in which something was planned or done."""
    found, campaign, lang = material.progress, material.campaign, material.lang
    begun = found.curve[["planned", "finished"]].fillna(0).sum(axis="columns") > 0
    first = min(found.curve.index[begun].min() if begun.any() else found.curve.index[0], pd.Timestamp(found.day))
    frame = found.curve.loc[first.replace(day=1) :]
    columns = {
        name: np.asarray(pd.to_numeric(frame[name]), dtype=np.float64)
        for name in ("planned", "finished", "low", "at_pace", "high")
    }
    month = Text("MMM", context="month of a curve")
    marked = ((campaign.deadline, tables.DEADLINE), (campaign.opening, tables.OPENING))
    return Curve(
        days=tuple(day.date() for day in frame.index),
        **columns,
        tasks=max(len(found.schedule), 1),
        today=found.day,
        milestones=tuple((day, material.say(label, day=material.day(day))) for day, label in marked),
        months=tuple(Day(date(found.day.year, number, 1), month).get(lang) for number in range(1, 13)),
        words={
            "planned": Text("planned", context="curve").get(lang),
            "finished": Text("done", context="curve").get(lang),
            "at_pace": Text("at the present pace (8 in 10)").get(lang),
            "today": material.say(Text("as of {day}"), day=material.day(found.day)),
        },
    )


def difficulties(material: Material) -> list[Section]:
    """What stands in the way and needs others."""
    count = len(tables.difficult(material))
    blocks: tuple[Block, ...] = (tables.difficulties(material),)
    if count:
        text = Text("{n} open tasks report a difficulty: {kinds}.")
        if count == 1:
            text = Text("One open task reports a difficulty: {kinds}.")
        lead = material.say(text, n=count, kinds=tables.difficulty_counts(material))
        blocks = (Words(lead, "lead"), *blocks)
    return [Section("difficulties", material.heading("difficulties"), blocks)]


def next_steps(material: Material) -> list[Section]:
    """What is due next, and which days come."""
    return [Section("next", material.heading("next"), (*_next_lead(material), tables.next_steps(material)))]


def _next_lead(material: Material) -> tuple[Block, ...]:
    count, days = len(tables.due_next(material)), material.template.next_days
    last = material.today + timedelta(days=days)
    parts = []
    if count:
        text = Text("Due in the next {days} days, to {day}: {n}.")
        parts.append(Words(material.say(text, days=days, day=material.day(last), n=count), "lead"))
    if what := tables.ahead(material):
        parts.append(Words(material.say(Text("Days ahead: {what}."), what=what)))
    return tuple(parts)


def one_page(material: Material) -> list[Section]:
    """Everything that matters on one page."""
    figures = texts.key_figures(material.summary, material.campaign, material.lang)
    heads = [material.template.titles[one].get(material.lang) for one in ("late", "changes", "next")]
    blocks = (
        Figures(figures),
        material.map(f"{material.heading('one-page')} · {state(material)}", wanted=material.campaign.view),
        Words(heads[0], "head"),
        tables.late(material, short=True),
        Words(heads[1], "head"),
        Words(tables.moved(material)),
        Words(heads[2], "head"),
        tables.next_steps(material, short=True),
    )
    heading = f"{material.campaign.short.get(material.lang)} · {material.heading('one-page')}"
    return [Section("one-page", heading, blocks, "single")]


SECTIONS: Final[Mapping[str, Callable[[Material], list[Section]]]] = {
    "cover": cover,
    "overview": overview,
    "zones": zones,
    "changes": changed,
    "late": late,
    "supervision": supervision,
    "progress": progress,
    "difficulties": difficulties,
    "next": next_steps,
    "one-page": one_page,
    **EVALUATION,
}
