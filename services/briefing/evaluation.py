"""Make the sections of the evaluation after a campaign: results, rates, good cases, shortcomings, improvements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from exports.document.model import Align, Block, Cell, Column, Figures, Section, Table, Words
from geo.model.status import ACCEPTED, DIFFICULTY_LABELS, FINISHED, DifficultyKind
from geo.tasks.evaluation import Rate, good_cases, obstacles, rate, rates_by
from layers.paper.page import KeyFigure
from locales import Label
from services.board.progress import sentence
from services.briefing import words
from services.briefing.material import Material


def _title(material: Material, section: str) -> str:
    return material.template.titles[section].get(material.lang)


def percent(share: float | None) -> str:
    """A share as whole per cent, a dash where there is none."""
    return "—" if share is None else f"{round(100 * share)}%"


def _begun(text: str) -> str:
    """A text with a capital at its beginning, for what stands alone."""
    return text[:1].upper() + text[1:]


def results(material: Material) -> list[Section]:
    """How the whole came out."""
    total, whole = material.summary.total, rate(material.outcomes)
    done = sum(total.by_status[one] for one in FINISHED)
    numbers = (
        (f"{total.tasks}", words.ALL_TASKS),
        (f"{done}", words.ALL_DONE),
        (f"{sum(total.by_status[one] for one in ACCEPTED)}", words.SIGNED_OFF),
        (percent(whole.share), words.RATE),
        (f"{whole.on_time}", words.ON_TIME),
        (f"{whole.late}", words.DONE_LATE),
        (f"{whole.overdue}", words.STILL_OPEN),
    )
    figures = tuple(KeyFigure(number, label.get(material.lang)) for number, label in numbers)
    blocks: tuple[Block, ...] = (
        Figures(figures),
        material.map(f"{_title(material, 'results')} · {_result(material, whole)}", wanted=material.campaign.view),
        Words(_result(material, whole), "lead"),
        *(Words(sentence(one).get(material.lang)) for one in material.progress.forecasts),
        _short_rates(material),
        Words(words.HOW_JUDGED.get(material.lang), "note"),
    )
    return [Section("results", _title(material, "results"), blocks, "board")]


def _result(material: Material, whole: Rate) -> str:
    if whole.share is None:
        return material.say(words.NO_RESULT)
    share = round(100 * whole.share)
    return material.say(words.RESULT, counted=whole.counted, on_time=whole.on_time, share=share)


def _short_rates(material: Material) -> Table:
    rates = rates_by(material.outcomes, "category", [one.id for one in material.campaign.categories])
    rows = [
        (
            Cell(material.campaign.category_name(one.key).get(material.lang)),
            Cell(f"{one.on_time} / {one.counted}"),
            Cell(percent(one.share), bold=True),
        )
        for one in rates
    ]
    heads = ((words.CATEGORY, 3.0), (words.ON_TIME, 1.1), (words.RATE, 1.2))
    return _plain(material, heads, rows, words.NO_TASKS)


def units(material: Material) -> list[Section]:
    """Rates by lead unit."""
    rates = rates_by(material.outcomes, "lead_unit", material.units.index)
    rows = [(material.unit(one.key), one) for one in rates]
    return [Section("units", _title(material, "units"), (_rates(material, words.UNIT, rows),))]


def categories(material: Material) -> list[Section]:
    """Rates by category."""
    rates = rates_by(material.outcomes, "category", [one.id for one in material.campaign.categories])
    rows = [(material.campaign.category_name(one.key).get(material.lang), one) for one in rates]
    return [Section("categories", _title(material, "categories"), (_rates(material, words.CATEGORY, rows),))]


def _rates(material: Material, first: Label, named: list[tuple[str, Rate]]) -> Table:
    heads: tuple[tuple[Label, float, Align], ...] = (
        (first, 4.4, "left"),
        (words.TASKS, 1.1, "center"),
        (words.ON_TIME, 1.2, "center"),
        (words.DONE_LATE, 1.2, "center"),
        (words.STILL_OPEN, 1.4, "center"),
        (words.RATE, 2.9, "left"),
    )
    rows = [
        (
            Cell(name),
            Cell(f"{one.tasks}"),
            Cell(f"{one.on_time}"),
            Cell(f"{one.late}"),
            Cell(f"{one.overdue}", ink="red" if one.overdue else "ink", bold=one.overdue > 0),
            Cell(percent(one.share), bold=True, share=one.share),
        )
        for name, one in named
    ]
    columns = tuple(Column(_begun(label.get(material.lang)), weight, align) for label, weight, align in heads)
    return Table(columns, tuple(rows), words.NO_TASKS.get(material.lang))


def good(material: Material) -> list[Section]:
    """Tasks that went well, by criteria that are stated."""
    days = material.template.early_days
    found = good_cases(material.outcomes, days)
    rows = [
        (
            Cell(material.title(one.task)),
            Cell(material.unit(one.lead_unit)),
            Cell(material.date(one.due)),
            Cell(material.date(one.finished_on)),
            Cell(f"{-(one.days_late or 0)}", bold=True),
        )
        for one in found
    ]
    heads = ((words.TASK, 5.0), (words.LEAD, 2.4), (words.DUE, 1.5), (words.DONE_ON, 1.5), (words.EARLY, 1.2))
    listed = _plain(material, heads, rows, words.NO_GOOD)
    lead = material.say(words.GOOD, days=days, n=len(found))
    return [Section("good", _title(material, "good"), (Words(lead, "lead"), listed))]


def _plain(
    material: Material, heads: tuple[tuple[Label, float], ...], rows: Sequence[tuple[Cell, ...]], empty: Label
) -> Table:
    columns = tuple(Column(_begun(label.get(material.lang)), weight) for label, weight in heads)
    return Table(columns, tuple(rows), empty.get(material.lang))


def shortcomings(material: Material) -> list[Section]:
    """What stood in the way by kind, and what was late."""
    kinds = [
        (
            Cell(_begun(DIFFICULTY_LABELS[one.kind].get(material.lang)), bold=True),
            Cell(f"{len(one.tasks)}", words.AND.get(material.lang).join(one.tasks)),
            Cell(f"{one.blocked_days}"),
            Cell(f"{one.late}", ink="red" if one.late else "ink"),
        )
        for one in obstacles(material.outcomes)
    ]
    heads = ((words.KIND, 2.0), (words.TASKS, 6.0), (words.BLOCKED_DAYS, 2.0), (words.OF_THESE_LATE, 1.6))
    blocks = (
        Words(words.HEAD_KINDS.get(material.lang), "head"),
        _plain(material, heads, kinds, words.NO_OBSTACLE),
        Words(words.HEAD_LATE.get(material.lang), "head"),
        _late(material),
    )
    return [Section("shortcomings", _title(material, "shortcomings"), blocks)]


def _late(material: Material) -> Table:
    late = sorted(
        (one for one in material.outcomes if one.counts and not one.on_time), key=lambda one: -(one.days_late or 0)
    )
    rows = [
        (
            Cell(material.title(one.task)),
            Cell(material.unit(one.lead_unit)),
            Cell(material.date(one.due)),
            Cell(material.date(one.finished_on) if one.finished_on else words.OPEN.get(material.lang)),
            Cell(f"{one.days_late}", ink="red", bold=True),
            Cell(
                words.AND.get(material.lang).join(
                    DIFFICULTY_LABELS[kind].get(material.lang) for kind in _kinds(one.difficulties)
                )
                or "—"
            ),
        )
        for one in late
    ]
    heads = ((words.TASK, 4.6), (words.LEAD, 2.0), (words.DUE, 1.3), (words.DONE_ON, 1.3), (words.LATE_DAYS, 1.2))
    return _plain(material, (*heads, (words.WHY, 2.2)), rows, words.NONE_LATE)


def _kinds(found: tuple[str, ...]) -> list[DifficultyKind]:
    return [kind for kind in DIFFICULTY_LABELS if kind in found]


def improvements(material: Material) -> list[Section]:
    """Candidates that follow from the facts, each with its fact."""
    rows = [(Cell(fact), Cell(candidate.get(material.lang))) for fact, candidate in _facts(material)]
    listed = _plain(material, ((words.FACT, 1.0), (words.CANDIDATE, 1.0)), rows, words.NO_IMPROVEMENT)
    note = Words(words.DRAFT.get(material.lang), "note")
    return [Section("improvements", _title(material, "improvements"), (note, listed))]


def _facts(material: Material) -> list[tuple[str, Label]]:
    lang = material.lang
    found: list[tuple[str, Label]] = []
    for one in obstacles(material.outcomes):
        kind = _begun(DIFFICULTY_LABELS[one.kind].get(lang))
        counts = {"tasks": len(one.tasks), "days": one.blocked_days, "late": one.late}
        found.append((material.say(words.OBSTACLE_FACT, kind=kind, **counts), words.CANDIDATES[one.kind]))
    whole = rate(material.outcomes)
    rates = rates_by(material.outcomes, "lead_unit", material.units.index)
    below = [one for one in rates if one.share is not None and whole.share is not None and one.share < whole.share]
    if below:
        names = words.AND.get(lang).join(f"{material.unit(one.key)} {percent(one.share)}" for one in below)
        fact = material.say(words.UNITS_FACT, share=round(100 * (whole.share or 0)), units=names)
        found.append((fact, words.UNITS_CANDIDATE))
    supervised = [one for one in material.outcomes if one.supervised]
    if supervised:
        late = sum(one.counts and not one.on_time for one in supervised)
        found.append((material.say(words.STEPS_FACT, tasks=len(supervised), late=late), words.STEPS_CANDIDATE))
    return found


EVALUATION: Final[Mapping[str, Callable[[Material], list[Section]]]] = {
    "results": results,
    "units": units,
    "categories": categories,
    "good": good,
    "shortcomings": shortcomings,
    "improvements": improvements,
}
