"""Put a view into words: its filters, its figures, what is late, and the small print of a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import pandas as pd

import locales
from geo.model.campaign import Campaign
from geo.model.kinds import KIND_LABELS
from geo.model.status import DIFFICULTY_LABELS, LIGHT_LABELS, LIGHT_ORDER, STATUS_LABELS, DifficultyKind, Light, Status
from geo.tasks.facets import Facet, words
from geo.tasks.filters import Filters
from geo.tasks.joins import Board
from geo.tasks.summary import Summary
from layers.paper.page import KeyFigure, LateRow
from locales import Day, Label, Language, Name, Text

_DRILL: Final = Text("Drill")
_SAMPLE: Final = Text("Sample data")
_SHORT_DAY: Final = Text("d MMM", context="day of the year of a campaign")
_FACETS: Final = {
    Facet.ZONES: Text("zone"),
    Facet.KINDS: Text("kind", context="filter"),
    Facet.CATEGORIES: Text("category"),
    Facet.UNITS: Text("unit"),
    Facet.STATUSES: Text("status"),
    Facet.LIGHTS: Text("light"),
}


def filter_words(filters: Filters, board: Board, campaign: Campaign, units: pd.DataFrame, lang: Language) -> str:
    """Say what is filtered, each facet that restricts something."""
    parts = []
    for facet in Facet:
        if wanted := filters.wanted(facet):
            names = [_name(facet, one, board, campaign, units, lang) for one in sorted(wanted)]
            restricted = Text("lead unit") if facet is Facet.UNITS and filters.lead_only else _FACETS[facet]
            parts.append(f"{restricted.get(lang)} {Text(', ').get(lang).join(names)}")
    if words(filters.text):
        parts.append(Text("text “{text}”", text=filters.text.strip()).get(lang))
    shown = Text("; ").get(lang).join(parts) or Text("all zones, all categories, all units").get(lang)
    return f"{Text('Filters').get(lang)}{Text(': ').get(lang)}{shown}"


def _name(facet: Facet, value: str, board: Board, campaign: Campaign, units: pd.DataFrame, lang: Language) -> str:
    if not value:
        return Text("(none)").get(lang)
    if facet is Facet.ZONES and value in board.features.index:
        return name_of(board.features, value, "name", lang)
    if facet is Facet.UNITS and value in units.index:
        return name_of(units, value, "short", lang)
    if facet is Facet.CATEGORIES:
        return campaign.category_name(value).get(lang)
    labels: dict[str, locales.Label] = {
        **KIND_LABELS,
        **{str(one): label for one, label in STATUS_LABELS.items()},
        **{str(one): label for one, label in LIGHT_LABELS.items()},
    }
    return labels[value].get(lang) if value in labels else value


def name_of(frame: Any, key: str, stem: str, lang: Language) -> str:  # noqa: ANN401  frames of features and of units
    """A row's name in a language, or in the other one where it is empty, or its key."""
    return Name(str(frame.loc[key, f"{stem}_zh"]), str(frame.loc[key, f"{stem}_en"])).get(lang) or key


def unit_name(units: pd.DataFrame, unit: str, lang: Language) -> str:
    """Short name of a unit, or its id where it is not known."""
    return name_of(units, unit, "short", lang) if unit in units.index else unit


def day_words(day: date, lang: Language) -> str:
    """A day of the campaign's year, short."""
    return Day(day, _SHORT_DAY).get(lang)


def as_of_words(instant: datetime, campaign: Campaign, lang: Language) -> str:
    """The instant whose state is shown."""
    return f"{Text('As of').get(lang)} {instant_words(instant, campaign)}"


def notice_words(campaign: Campaign, lang: Language, *, drill: bool, drill_label: Label = _DRILL) -> str:
    """“Drill”, “sample data”, both or nothing."""
    labels = (drill_label,) * drill + (_SAMPLE,) * campaign.sample
    return " · ".join(label.get(lang) for label in labels)


def version_words(version: str, lang: Language) -> str:
    """The version of files and ledger, for the small print."""
    return Text("Data version {version}", version=version).get(lang)


def exported_words(exporter: str, made_at: datetime, campaign: Campaign, lang: Language) -> str:
    """Who exported and when, for the small print."""
    return Text("Exported by {who}, {at}", who=exporter, at=instant_words(made_at, campaign)).get(lang)


def instant_words(instant: datetime, campaign: Campaign) -> str:
    """An instant in the campaign's time zone."""
    return f"{instant.astimezone(campaign.tz):%Y-%m-%d %H:%M}"


def key_figures(summary: Summary, campaign: Campaign, lang: Language) -> tuple[KeyFigure, ...]:
    """Figures for one line: tasks, each light, days to the deadline and to the opening."""
    within = Text(" (within {n} days)", n=campaign.lights.due_soon_days).get(lang)
    lights = [
        KeyFigure(
            str(summary.total.by_light[light]),
            LIGHT_LABELS[light].get(lang) + (within if light is Light.YELLOW else ""),
            light,
        )
        for light in LIGHT_ORDER
    ]
    deadline, opening = summary.days_to_deadline, summary.days_to_opening
    to_deadline = Text("days to the deadline, {d}") if deadline >= 0 else Text("days past the deadline, {d}")
    to_opening = Text("days to the opening, {d}") if opening >= 0 else Text("days since the opening, {d}")
    days = [
        KeyFigure(str(abs(deadline)), to_deadline.fill(d=day_words(campaign.deadline, lang)).get(lang)),
        KeyFigure(str(abs(opening)), to_opening.fill(d=day_words(campaign.opening, lang)).get(lang)),
    ]
    return (KeyFigure(str(summary.total.tasks), Text("tasks").get(lang)), *lights, *days)


def late_rows(tasks: pd.DataFrame, units: pd.DataFrame, lang: Language) -> tuple[LateRow, ...]:
    """Tasks of a board that are late or blocked: the longest overdue first, blocked ones that are in time last."""
    late = tasks[tasks["light"] == Light.RED].sort_values(["days_left"], kind="stable", na_position="last")
    return tuple(
        LateRow(
            what=name_of(late, key, "title", lang),
            who=_who(late.loc[key], units, lang),
            how_late=_how_late(late.loc[key], lang),
        )
        for key in late.index
    )


def _who(task: Any, units: pd.DataFrame, lang: Language) -> str:  # noqa: ANN401  a row of a frame
    parts = [unit_name(units, str(task["lead_unit"]), lang)]
    if task["difficulty_kind"]:
        parts.append(DIFFICULTY_LABELS[DifficultyKind(task["difficulty_kind"])].get(lang))
    return " · ".join(parts)


def _how_late(task: Any, lang: Language) -> str:  # noqa: ANN401  likewise
    left = task["days_left"]
    parts = []
    if pd.notna(left) and left < 0:
        parts.append(Text("{n} d late", n=-int(left)).get(lang))
    if Status(task["status"]).rule.blocked:
        parts.append(Text("blocked").get(lang))
    return " · ".join(parts)
