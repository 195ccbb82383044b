"""Gather the facts of a briefing once: every figure comes from the functions that the pages ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.campaign.toml_files import Template
from exports.document.model import MapView
from exports.snapshot import words as texts
from exports.snapshot.snapshot import map_content
from geo.model.campaign import Campaign, Extent
from geo.model.kinds import Layer
from geo.supervision.ladder import Ladder, ladders
from geo.tasks.attention import AttentionItem, attention
from geo.tasks.attention_words import unit_label
from geo.tasks.changes import Direction
from geo.tasks.evaluation import Outcome, outcomes
from geo.tasks.filters import Filters, match, match_tasks
from geo.tasks.joins import Board
from geo.tasks.summary import Summary, summarise
from locales import Label, Language, Name
from services.board.changes import Comparison, compare
from services.board.progress import Progress, progress_of
from services.campaign.context import CampaignContext
from services.snapshots.snapshots import extent_of


@dataclass(frozen=True, eq=False)
class Material:
    """Hold the facts as of one instant, and how they are to be worded."""

    campaign: Campaign
    units: pd.DataFrame
    context: gpd.GeoDataFrame
    comparison: Comparison
    updates: pd.DataFrame
    ladders: Mapping[str, Ladder]
    needs: tuple[AttentionItem, ...]
    progress: Progress
    lang: Language
    template: Template

    @property
    def board(self) -> Board:
        """The board of the instant."""
        return self.comparison.after

    @property
    def today(self) -> date:
        """Its local day."""
        return self.board.as_of.astimezone(self.campaign.tz).date()

    @cached_property
    def summary(self) -> Summary:
        """Figures of the whole board."""
        return summarise(self.board, self.campaign)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How each task came out."""
        return outcomes(self.board, self.campaign, self.updates, self.ladders.keys())

    @cached_property
    def needed(self) -> Mapping[str, AttentionItem]:
        """What needs somebody, by task, the most urgent first."""
        return {need.task: need for need in self.needs}

    def say(self, label: Label, **values: object) -> str:
        """A sentence in the language of the document, its gaps filled."""
        text = label.get(self.lang)
        return text.format(**values) if values else text

    def heading(self, section: str, **values: object) -> str:
        """Title of a section as the template words it."""
        text = self.template.titles[section].get(self.lang)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def unit(self, unit: object) -> str:
        """Name of a unit as a sentence uses it."""
        return unit_label(self.units, str(unit)).get(self.lang)

    def task(self, key: str) -> Any:  # noqa: ANN401  a row of a frame
        """Row of a task, of the earlier board where it is gone."""
        boards = (self.board, self.comparison.before)
        return next(board.tasks.loc[key] for board in boards if key in board.tasks.index)

    def title(self, key: str) -> str:
        """A task's title with its id."""
        row = self.task(key)
        return f"{key} {Name(str(row['title_zh']), str(row['title_en'])).get(self.lang)}"

    def name(self, feature: str) -> str:
        """Name of a feature."""
        return texts.name_of(self.board.features, feature, "name", self.lang)

    def day(self, day: date) -> str:
        """A day, short."""
        return texts.day_words(day, self.lang)

    @staticmethod
    def date(day: date | None) -> str:
        """A day for the column of a table, a dash for none."""
        return f"{day:%m-%d}" if day else "—"

    def in_zone(self, zone: str) -> Summary:
        """Figures of the tasks of a zone."""
        mask = match_tasks(self.board, Filters(zones=frozenset({zone})))
        return summarise(self.board, self.campaign, tasks=mask)

    def map(
        self,
        words: str,
        zone: str = "",
        *,
        marks: Mapping[str, Direction] | None = None,
        wanted: Extent | None = None,
        selected: str = "",
        only: Collection[str] = (),
    ) -> MapView:
        """A map of everything or of one zone.

        Parameters
        ----------
        words
            What it shows, for who cannot see it.
        zone
            Id of a zone; empty for all.
        marks
            What changed, by feature; None for a map of lights.
        wanted, selected
            Another extent, and a feature that is emphasised.
        only
            Features that are shown beside the zones; empty: all.
        """
        filters, features = Filters(zones=frozenset({zone} - {""})), self.board.features
        shown, extent = np.asarray(match(self.board, filters)), wanted or extent_of(self.board, self.campaign, filters)
        if only:
            shown &= features.index.isin(list(only)) | (features["layer"] == Layer.ZONES).to_numpy()
        content = map_content(self.campaign, self.board, self.context, shown, extent, self.lang, selected=selected)
        return MapView(content, words, marks)


def gather(
    context: CampaignContext, until: datetime, since: date | None, lang: Language, template: Template
) -> Material:
    """Gather everything as of an instant; `since` is the day from which changes are listed, None for the last meeting.

    Raises
    ------
    StoreUnavailableError
        The store does not answer and what is needed was not read before.
    """
    comparison = compare(context, since, until)
    board, updates, acts = comparison.after, context.updates(until), context.supervision(until)
    return Material(
        campaign=context.campaign,
        units=context.loaded.units,
        context=context.loaded.context,
        comparison=comparison,
        updates=updates,
        ladders=ladders(acts, until, context.campaign.tz),
        needs=attention(board, context.campaign, updates, acts),
        progress=progress_of(context, board),
        lang=lang,
        template=template,
    )
