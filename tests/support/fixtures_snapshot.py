"""Take snapshots of the real campaign at its demonstration day, and measure what stands on a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from data.campaign.load import Loaded, load_campaign
from exports.snapshot.snapshot import Snapshot
from geo.tasks.filters import Filters
from geo.tasks.joins import Board, build_board
from layers.paper.figure import Page
from locales import Language
from services.snapshots.snapshots import extent_of, paper_for
from settings import DEFAULT_CAMPAIGN

MADE_AT = datetime(2020, 9, 15, 10, 2, tzinfo=UTC)
URL = "http://127.0.0.1:8501/?zone=Z1&date=2020-09-15&lang=zh"
FAR_AWAY = (120.0, 30.0, 120.05, 30.05)
ONE_KILOMETRE = (121.31, 31.19, 121.32, 31.199)
WHOLE_CITY = (120.85, 30.68, 122.0, 31.88)


@cache
def campaign() -> Loaded:
    return load_campaign(DEFAULT_CAMPAIGN)


@cache
def board() -> Board:
    loaded = campaign()
    as_of = loaded.campaign.instant_of(loaded.campaign.demonstration)
    return build_board(loaded.features, loaded.tasks, loaded.updates, loaded.campaign, as_of, units=loaded.units)


def snapshot(  # one argument for each thing that a test changes
    lang: Language = "zh", size: str = "A4", filters: Filters | None = None, **more: object
) -> Snapshot:
    loaded, chosen = campaign(), filters or Filters()
    taken = Snapshot(
        board=board(),
        campaign=loaded.campaign,
        units=loaded.units,
        context=loaded.context,
        extent=extent_of(board(), loaded.campaign, chosen),
        lang=lang,
        title=loaded.campaign.name.get(lang),
        version="0123456789abcdef-12",
        made_at=MADE_AT,
        exporter="张三",
        url=URL,
        filters=chosen,
        paper=paper_for(size),
    )
    changes: dict[str, Any] = more
    return replace(taken, **changes)


def renamed(names: list[str]) -> Board:
    """The board, its first features renamed in both languages, and every task's titles and difficulties too."""
    made = board()
    features, tasks = made.features.copy(), made.tasks.copy()
    for column in ("name_zh", "name_en"):
        features[column] = [names[i % len(names)] for i in range(len(features))]
    for column in ("title_zh", "title_en", "difficulty", "suggestion"):
        tasks[column] = [names[i % len(names)] for i in range(len(tasks))]
    return replace(made, features=features, tasks=tasks)


def crowded(count: int) -> Board:
    """The board with its corridors repeated, shifted a little each time, until there are so many."""
    made = board()
    roads = made.features[made.features["layer"] == "corridors"]
    rounds = -(-count // len(roads))
    parts = []
    for turn in range(rounds):
        part = roads.copy()
        part["geometry"] = part.translate(0.0001 * (turn % 40), 0.0001 * (turn // 40))
        part.index = [f"{key}-{turn}" for key in part.index]
        parts.append(part)
    features = gpd.GeoDataFrame(pd.concat(parts).iloc[:count], crs=made.features.crs)
    return replace(made, features=features, links=made.links.iloc[:0])


def _renderer(page: Page) -> RendererBase:
    canvas: Any = FigureCanvasAgg(page.figure)
    renderer: RendererBase = canvas.get_renderer()
    return renderer


def texts(page: Page, *groups: str) -> dict[str, list[Any]]:
    """Texts of a page by the group of their names, with their boxes in dots: (name, words, box)."""
    renderer = _renderer(page)
    found: dict[str, list[Any]] = {group: [] for group in groups}
    for text in page.figure.findobj(Text):
        group, _, name = (text.get_gid() or "").partition(":")
        if group in found:
            found[group].append((name, text.get_text(), text.get_window_extent(renderer)))
    return found


def everything_written(page: Page) -> list[tuple[str, Any]]:
    """Every text of a page that is not an outline, with its box in dots."""
    renderer = _renderer(page)
    every = [text for text in page.figure.findobj(Text) if text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in every]


def overlaps(one: Bbox, other: Bbox, *, by: float = 0.5) -> bool:
    """Whether two boxes share more than so many dots in both directions."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(wide > by and high > by)


def pixels(content: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(BytesIO(content)).convert("L"))
