"""Tell the history of a task in words: who wrote what when, and what it changed; also while the database is away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.store.rows import HistoryEntry, HistoryKind, Photo, Source
from geo.model.campaign import Campaign
from geo.model.errors import StoreUnavailableError
from geo.model.kinds import PRIORITY_LABELS
from geo.model.status import DIFFICULTY_LABELS, STATUS_LABELS
from geo.model.supervision import ACT_LABELS, LEVEL_LABELS
from locales import NOTHING, Label, Name, Text, joined, same
from services.campaign.context import CampaignContext
from services.reports.forms import SOURCE_LABELS, field_label

KIND_LABELS: Final[Mapping[HistoryKind, Label]] = MappingProxyType(
    {
        "update": Text("Report"),
        "definition": Text("Ledger"),
        "supervision": Text("Supervision", context="form"),
    },
)

_VOCABULARIES: Final[Mapping[str, Mapping[str, Label]]] = MappingProxyType(
    {
        "status": {str(status): label for status, label in STATUS_LABELS.items()},
        "difficulty_kind": {str(kind): label for kind, label in DIFFICULTY_LABELS.items()},
        "priority": {str(priority): label for priority, label in PRIORITY_LABELS.items()},
        "rung": {str(rung): label for rung, label in LEVEL_LABELS.items()},
        "act": {str(act): label for act, label in ACT_LABELS.items()},
    },
)
SAME_CLOCK: Final = timedelta(days=1)
"""How far the campaign's clock may be from the real one before a history shows both."""

_UNITS: Final = frozenset({"unit", "lead_unit", "supporting_units"})
_LISTS: Final = frozenset({"supporting_units", "features"})


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one field that changed: its id and name, and what it said before and after, empty for nothing."""

    field: str
    name: Label
    before: Label
    after: Label


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Hold one entry of a history for the reader.

    All instants are in the campaign's time zone. `at` is what its clock showed; `stored_at` is the real instant, None
    where that is about the same, or where it came with the campaign's files; `written_at` is None where it was written
    when it was sent.
    `who` is empty for what came with the campaign's files.
    """

    seq: int
    kind: HistoryKind
    kind_name: Label
    at: datetime
    written_at: datetime | None
    stored_at: datetime | None
    who: str
    unit: Label
    source: Label
    changes: tuple[Change, ...]
    photos: tuple[Photo, ...]


def history_rows(
    entries: Iterable[HistoryEntry],
    campaign: Campaign,
    units: pd.DataFrame,
    *,
    people: Mapping[str, str] = MappingProxyType({}),
) -> tuple[HistoryRow, ...]:
    """Return the history of a task as rows to show.

    Parameters
    ----------
    entries
        As `Store.history` gives them, all of one task, newest first; their order stays.
    campaign, units
        Give the time zone and the names of categories and units.
    people
        Display name by account; an account that is not named stands for itself.
    """
    newest_first = tuple(entries)
    names = _unit_names(units)
    words = partial(_words, campaign=campaign, units=names)
    return tuple(
        _row(entry, names.get(unit, same(unit)), campaign, people, words)
        for entry, unit in zip(newest_first, _authors_units(newest_first), strict=True)
    )


def _row(
    entry: HistoryEntry,
    unit: Label,
    campaign: Campaign,
    people: Mapping[str, str],
    words: Callable[[str, str], Label],
) -> HistoryRow:
    author = entry.author
    another_clock = author.source is not Source.SEED and abs(entry.stored_at - entry.at) > SAME_CLOCK
    wrote_earlier = entry.written_at != entry.at and entry.kind == "update"
    return HistoryRow(
        seq=entry.seq,
        kind=entry.kind,
        kind_name=KIND_LABELS[entry.kind],
        at=entry.at.astimezone(campaign.tz),
        written_at=entry.written_at.astimezone(campaign.tz) if wrote_earlier else None,
        stored_at=entry.stored_at.astimezone(campaign.tz) if another_clock else None,
        who=people.get(author.name, author.name),
        unit=unit,
        source=SOURCE_LABELS[author.source],
        changes=tuple(
            Change(field, _name_of(entry.kind, field), words(field, before), words(field, after))
            for field, (before, after) in entry.change.items()
            if (entry.kind, field) != ("update", "unit")  # the row says it already
        ),
        photos=entry.photos,
    )


def _name_of(kind: HistoryKind, field: str) -> Label:
    return field_label("addressee" if (kind, field) == ("supervision", "unit") else field)


def _authors_units(newest_first: Sequence[HistoryEntry]) -> list[str]:
    """Return the unit of each entry: of a report the unit it was made for, which only tells when it changes."""
    found, unit = [], ""
    for entry in reversed(newest_first):
        if entry.kind == "update":
            unit = entry.change["unit"][1] if "unit" in entry.change else unit
        found.append(unit if entry.kind == "update" else entry.author.unit)
    return found[::-1]


def _words(field: str, text: str, *, campaign: Campaign, units: Mapping[str, Label]) -> Label:
    if field in _LISTS:
        return joined(_word(field, part, campaign, units) for part in text.split(";") if part)
    return _word(field, text, campaign, units) if text else NOTHING


def _word(field: str, text: str, campaign: Campaign, units: Mapping[str, Label]) -> Label:
    plain = same(text)
    if field in _UNITS:
        return units.get(text, plain)
    if field == "category":
        return campaign.category_name(text)
    if field == "percent":
        return Text("{text} %", text=text)
    return _VOCABULARIES.get(field, {}).get(text, plain)


def _unit_names(units: pd.DataFrame) -> dict[str, Label]:
    return {
        str(key): Name(str(zh), str(en))
        for key, zh, en in zip(units.index, units["short_zh"], units["short_en"], strict=True)
    }


def history_of(context: CampaignContext, task: str) -> tuple[HistoryEntry, ...]:
    """All that was written of a task, newest first.

    Raises
    ------
    StoreUnavailableError
        If the store does not answer and this history was not read since the campaign's last write.
    """
    return _history(context, task, context.version)


@lru_cache(maxsize=64)
def _history(context: CampaignContext, task: str, _version: str) -> tuple[HistoryEntry, ...]:
    return context.store.history(context.campaign.id, task)


def names_of(context: CampaignContext) -> Mapping[str, str]:
    """Display names of people by the names of their accounts; empty where the store never answered."""
    kept = _kept(context)
    try:
        accounts = context.store.accounts()
    except StoreUnavailableError:
        return kept[-1]
    kept[:] = [{account.name: account.display_name for account in accounts}]
    return kept[-1]


@lru_cache(maxsize=4)
def _kept(_context: CampaignContext) -> list[Mapping[str, str]]:
    """Names as they were read last; a list of one, since a cache cannot be written to."""
    return [{}]
