"""Freeze one view: a board, what of it is seen, and the words around it; every export is made from this alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from exports.snapshot import words as texts
from geo.model.campaign import Campaign, Extent
from geo.tasks.facets import Mask
from geo.tasks.filters import Filters, match, match_tasks
from geo.tasks.joins import Board
from geo.tasks.summary import Summary, summarise
from layers.paper.page import PAPERS, KeyFigure, LateRow, MapContent, Paper, Sheet
from locales import Language, Text


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Hold one frozen view to export.

    Parameters
    ----------
    board, campaign, units, context
        What is shown: the board of one instant, its campaign, units and background.
    extent
        West, south, east, north in degrees, all of which a page shows.
    lang
        Language of the page.
    title
        Title of the page.
    version
        Version of files and ledger.
    made_at
        Aware instant of the export; all dates inside a file are this one.
    exporter
        Who exports.
    url
        Reopens the view; may be empty.
    filters
        What is asked for.
    selected
        Id of the emphasised feature, or empty.
    drill
        Whether this is a drill.
    paper
        Sheet.
    """

    board: Board
    campaign: Campaign
    units: pd.DataFrame
    context: gpd.GeoDataFrame
    extent: Extent
    lang: Language
    title: str
    version: str
    made_at: datetime
    exporter: str
    url: str = ""
    filters: Filters = field(default_factory=Filters)
    selected: str = ""
    drill: bool = False
    paper: Paper = PAPERS[0]

    @cached_property
    def shown(self) -> Mask:
        """Which features the filter shows, aligned with those of the board."""
        return match(self.board, self.filters)

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """Tasks that the filter shows."""
        return self.board.tasks[match_tasks(self.board, self.filters)]

    @cached_property
    def features(self) -> gpd.GeoDataFrame:
        """Features that the filter shows."""
        return self.board.features[self.shown]

    @cached_property
    def summary(self) -> Summary:
        """Figures of the tasks that the filter shows."""
        return summarise(self.board, self.campaign, tasks=match_tasks(self.board, self.filters))

    @cached_property
    def figures(self) -> tuple[KeyFigure, ...]:
        """Figures for one line."""
        return texts.key_figures(self.summary, self.campaign, self.lang)

    @cached_property
    def late(self) -> tuple[LateRow, ...]:
        """Everything late or blocked, the most urgent first."""
        return texts.late_rows(self.tasks, self.units, self.lang)

    @property
    def filter_words(self) -> str:
        """What is filtered, in words."""
        return texts.filter_words(self.filters, self.board, self.campaign, self.units, self.lang)

    @property
    def as_of_words(self) -> str:
        """The instant whose state is shown."""
        return texts.as_of_words(self.board.as_of, self.campaign, self.lang)

    @property
    def notice(self) -> str:
        """“Sample data”, “drill”, both or nothing."""
        return texts.notice_words(self.campaign, self.lang, drill=self.drill)

    @property
    def figure_words(self) -> str:
        """The key figures as a line of text."""
        return "   ".join(f"{one.number} {one.label}" for one in self.figures)

    @property
    def notes(self) -> tuple[str, ...]:
        """The small print."""
        return (
            Text("{crs}, true north up", crs=self.campaign.metric_crs).get(self.lang),
            texts.version_words(self.version, self.lang),
            texts.exported_words(self.exporter, self.made_at, self.campaign, self.lang),
        )

    @property
    def content(self) -> MapContent:
        """What the map draws."""
        shown = np.asarray(self.shown)
        return map_content(
            self.campaign, self.board, self.context, shown, self.extent, self.lang, selected=self.selected
        )

    @property
    def sheet(self) -> Sheet:
        """The page."""
        return Sheet(
            content=self.content,
            paper=self.paper,
            title=self.title,
            filters=self.filter_words,
            as_of=self.as_of_words,
            notice=self.notice,
            figures=self.figures,
            late=self.late,
            notes=self.notes,
            url=self.url,
        )

    @property
    def description(self) -> str:
        """Everything that the page says, as text, for the metadata of files."""
        lines = (self.title, self.filter_words, self.as_of_words, self.figure_words, self.notice, *self.notes)
        return "\n".join(line for line in lines if line)


def map_content(
    campaign: Campaign,
    board: Board,
    context: gpd.GeoDataFrame,
    shown: Mask,
    extent: Extent,
    lang: Language,
    *,
    selected: str = "",
) -> MapContent:
    """What a map of a board draws; parameters as `layers.paper.page.MapContent`."""
    return MapContent(
        features=board.features,
        context=context,
        shown=shown,
        extent=extent,
        home=campaign.view,
        near=campaign.extent,
        metric_crs=campaign.metric_crs,
        attribution=campaign.attribution.get(lang),
        lang=lang,
        selected=selected,
    )
