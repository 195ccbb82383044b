"""Make the sections of the evaluation after a campaign: results, rates, good cases, shortcomings, improvements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from exports.document.model import Block, Cell, Figures, Section, Table, Words
from geo.model.status import ACCEPTED, DIFFICULTY_LABELS, FINISHED, DifficultyKind
from geo.tasks.evaluation import Outcome, Rate, good_cases, obstacles, rate, rates_by
from layers.paper.page import KeyFigure
from locales import Label, Text
from services.board.progress import sentence
from services.briefing.material import Material
from services.briefing.tables import (
    AND,
    CATEGORY,
    DUE,
    KIND,
    LEAD,
    NO_TASKS,
    NONE_STATED,
    TASK,
    TASKS,
    UNIT,
    WHY,
    Head,
    capital,
    table,
)

_ON_TIME: Final = Text("on time")
_DONE_LATE: Final = Text("done late")
_STILL_OPEN: Final = Text("open after due date")
_RATE: Final = Text("on-time rate")
_DONE_ON: Final = Text("Done on")
_CANDIDATES: Final = {
    DifficultyKind.LAND: Text("Settle land before work starts; plan nothing that is not settled."),
    DifficultyKind.PIPELINES: Text("Survey pipelines before work starts; put their removal into the same plan."),
    DifficultyKind.FUNDS: Text("Secure funds together with the list of tasks."),
    DifficultyKind.PERMITS: Text("Apply for permits in parallel, each with somebody who follows it."),
    DifficultyKind.WEATHER: Text("Keep outdoor work out of flood and typhoon season; leave days for weather."),
    DifficultyKind.COORDINATION: Text("Name one lead where units meet, and write the interfaces down."),
    DifficultyKind.OTHER: Text("Look at each cause; give it a kind, or a new one."),
}
_SOONER: Final = Text(
    "Agree on the dates with these units one by one before the next edition, and look one milestone earlier."
)
_FIRST_REMINDER: Final = Text("Send the first reminder before a task is due soon.")


def percent(share: float | None) -> str:
    """A share as whole per cent, a dash where there is none."""
    return NONE_STATED if share is None else f"{round(100 * share)}%"


def results(material: Material) -> list[Section]:
    """How the whole came out."""
    total, whole = material.summary.total, rate(material.outcomes)
    numbers = (
        (f"{total.tasks}", Text("tasks")),
        (f"{sum(total.by_status[one] for one in FINISHED)}", Text("done", context="number of tasks")),
        (f"{sum(total.by_status[one] for one in ACCEPTED)}", Text("of these signed off")),
        (percent(whole.share), _RATE),
        (f"{whole.on_time}", _ON_TIME),
        (f"{whole.late}", _DONE_LATE),
        (f"{whole.overdue}", _STILL_OPEN),
    )
    judged = Text("On time: reported done no later than the due date. Judged: a due date, and done or past it.")
    heading = material.heading("results")
    blocks: tuple[Block, ...] = (
        Figures(tuple(KeyFigure(number, label.get(material.lang)) for number, label in numbers)),
        material.map(f"{heading} · {_result(material, whole)}", wanted=material.campaign.view),
        Words(_result(material, whole), "lead"),
        *(Words(sentence(one).get(material.lang)) for one in material.progress.forecasts),
        _short_rates(material),
        Words(judged.get(material.lang), "note"),
    )
    return [Section("results", heading, blocks, "board")]


def _result(material: Material, whole: Rate) -> str:
    if whole.share is None:
        return material.say(Text("No task can be judged yet."))
    text = Text("Of {counted} tasks that can be judged, {on_time} were on time: {share}%.")
    return material.say(text, counted=whole.counted, on_time=whole.on_time, share=round(100 * whole.share))


def _rates_by_unit(material: Material) -> list[tuple[str, Rate]]:
    rates = rates_by(material.outcomes, "lead_unit", material.units.index)
    return [(material.unit(one.key), one) for one in rates]


def _rates_by_category(material: Material) -> list[tuple[str, Rate]]:
    rates = rates_by(material.outcomes, "category", [one.id for one in material.campaign.categories])
    return [(material.campaign.category_name(one.key).get(material.lang), one) for one in rates]


def _short_rates(material: Material) -> Table:
    rows = [
        (name, f"{one.on_time} / {one.counted}", Cell(percent(one.share), bold=True))
        for name, one in _rates_by_category(material)
    ]
    return table(material, ((CATEGORY, 3.0), (_ON_TIME, 1.1), (_RATE, 1.2)), rows, NO_TASKS)


def units(material: Material) -> list[Section]:
    """Rates by lead unit."""
    rates = _rates(material, UNIT, _rates_by_unit(material))
    return [Section("units", material.heading("units"), (rates,))]


def categories(material: Material) -> list[Section]:
    """Rates by category."""
    rates = _rates(material, CATEGORY, _rates_by_category(material))
    return [Section("categories", material.heading("categories"), (rates,))]


def _rates(material: Material, first: Label, named: list[tuple[str, Rate]]) -> Table:
    heads: tuple[Head, ...] = (
        (first, 4.4),
        (TASKS, 1.1, "center"),
        (_ON_TIME, 1.2, "center"),
        (_DONE_LATE, 1.2, "center"),
        (_STILL_OPEN, 1.4, "center"),
        (_RATE, 2.9),
    )
    rows = [
        (
            name,
            f"{one.tasks}",
            f"{one.on_time}",
            f"{one.late}",
            Cell(f"{one.overdue}", ink="red" if one.overdue else "ink", bold=one.overdue > 0),
            Cell(percent(one.share), bold=True, share=one.share),
        )
        for name, one in named
    ]
    return table(material, heads, rows, NO_TASKS)


def good(material: Material) -> list[Section]:
    """Tasks that went well, by criteria that are stated."""
    days = material.template.early_days
    found = good_cases(material.outcomes, days)
    rows = [
        (*_task(material, one), material.date(one.finished_on), Cell(f"{-(one.days_late or 0)}", bold=True))
        for one in found
    ]
    heads = ((TASK, 5.0), (LEAD, 2.4), (DUE, 1.5), (_DONE_ON, 1.5), (Text("Days early"), 1.2))
    criteria = Text("Criteria: done at least {days} days early, never blocked, never supervised. {n} tasks meet them.")
    lead = Words(material.say(criteria, days=days, n=len(found)), "lead")
    listed = table(material, heads, rows, Text("No task meets these criteria."))
    return [Section("good", material.heading("good"), (lead, listed))]


def _task(material: Material, one: Outcome) -> tuple[str, str, str]:
    """Title, lead unit and due day of a task."""
    return material.title(one.task), material.unit(one.lead_unit), material.date(one.due)


def shortcomings(material: Material) -> list[Section]:
    """What stood in the way by kind, and what was late."""
    kinds = [
        (
            Cell(capital(DIFFICULTY_LABELS[one.kind].get(material.lang)), bold=True),
            Cell(f"{len(one.tasks)}", AND.get(material.lang).join(one.tasks)),
            f"{one.blocked_days}",
            Cell(f"{one.late}", ink="red" if one.late else "ink"),
        )
        for one in obstacles(material.outcomes)
    ]
    heads = ((KIND, 2.0), (TASKS, 6.0), (Text("Days blocked"), 2.0), (Text("Of these late"), 1.6))
    blocks = (
        Words(material.say(Text("By kind of difficulty")), "head"),
        table(material, heads, kinds, Text("No difficulty was reported.")),
        Words(material.say(Text("Late tasks")), "head"),
        _late(material),
    )
    return [Section("shortcomings", material.heading("shortcomings"), blocks)]


def _late(material: Material) -> Table:
    late = sorted(
        (one for one in material.outcomes if one.counts and not one.on_time), key=lambda one: -(one.days_late or 0)
    )
    still_open = Text("open", context="briefing").get(material.lang)
    rows = [
        (
            *_task(material, one),
            material.date(one.finished_on) if one.finished_on else still_open,
            Cell(f"{one.days_late}", ink="red", bold=True),
            _kinds(material, one) or NONE_STATED,
        )
        for one in late
    ]
    heads = ((TASK, 4.6), (LEAD, 2.0), (DUE, 1.3), (_DONE_ON, 1.3), (Text("Days late"), 1.2), (WHY, 2.2))
    return table(material, heads, rows, Text("No task was late."))


def _kinds(material: Material, one: Outcome) -> str:
    names = [label.get(material.lang) for kind, label in DIFFICULTY_LABELS.items() if kind in one.difficulties]
    return AND.get(material.lang).join(names)


def improvements(material: Material) -> list[Section]:
    """Candidates that follow from the facts, each with its fact."""
    rows = [(fact, candidate.get(material.lang)) for fact, candidate in _facts(material)]
    heads = ((Text("Fact"), 1.0), (Text("Candidate"), 1.0))
    note = Text("Derived from the facts of this report only; candidates, to be decided on and edited.")
    listed = table(material, heads, rows, Text("No fact calls for an improvement."))
    return [Section("improvements", material.heading("improvements"), (Words(material.say(note), "note"), listed))]


def _facts(material: Material) -> Iterator[tuple[str, Label]]:
    for one in obstacles(material.outcomes):
        kind = capital(DIFFICULTY_LABELS[one.kind].get(material.lang))
        counts = {"tasks": len(one.tasks), "days": one.blocked_days, "late": one.late}
        reported = Text("{kind}: {tasks} tasks reported it, {days} days blocked in all, {late} of them late.")
        yield material.say(reported, kind=kind, **counts), _CANDIDATES[one.kind]
    share = rate(material.outcomes).share or 0.0
    below = [(name, one.share) for name, one in _rates_by_unit(material) if one.share is not None and one.share < share]
    if below:
        names = AND.get(material.lang).join(f"{name} {percent(part)}" for name, part in below)
        fact = material.say(Text("Units below the whole ({share}%): {units}."), share=round(100 * share), units=names)
        yield fact, _SOONER
    if supervised := [one for one in material.outcomes if one.supervised]:
        late = sum(one.counts and not one.on_time for one in supervised)
        same = Text("{tasks} tasks were supervised; {late} of them were late all the same.")
        yield material.say(same, tasks=len(supervised), late=late), _FIRST_REMINDER


EVALUATION: Final[Mapping[str, Callable[[Material], list[Section]]]] = {
    "results": results,
    "units": units,
    "categories": categories,
    "good": good,
    "shortcomings": shortcomings,
    "improvements": improvements,
}
