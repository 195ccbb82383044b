"""Make snapshots: from an opened campaign and what is asked for to a file's bytes, whole or not at all.

OneMapError
└── SnapshotError (ValueError)   something was asked for that there is not
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol, TypeVar
from urllib.parse import urlencode

from exports.snapshot.formats import FORMATS, Format
from exports.snapshot.snapshot import Snapshot
from geo.model.campaign import Campaign, Extent
from geo.model.errors import OneMapError
from geo.model.kinds import KIND_LABELS, Layer
from geo.model.status import LIGHT_ORDER, Light
from geo.tasks.filters import Filters
from geo.tasks.joins import Board
from layers.paper.page import PAPERS, Paper
from locales import Label, Language, Name, Text, joined
from services.campaign.context import CampaignContext

_JOINER: Final = Text(" – ")
_MARGIN: Final = 0.004
"""Of the extent, around what a preset shows."""


class SnapshotError(OneMapError, ValueError):
    """Say what there is not, and what there is."""

    def __init__(self, what: Label, value: str, known: tuple[str, ...]) -> None:
        """Hold what was asked for."""
        text = Text("There is no {what} {value}. Choose one of: {choices}.", what=what, choices=joined(known))
        super().__init__(text.fill(value=repr(value)))


@dataclass(frozen=True, slots=True)
class Preset:
    """Describe a view that is always offered.

    Parameters
    ----------
    id
        Name in commands and addresses.
    name
        Name on the screen; part of the title.
    lights
        Lights that are shown; empty: all.
    zone
        Id of the zone that is shown; empty: the whole area.
    """

    id: str
    name: Label
    lights: tuple[Light, ...] = ()
    zone: str = ""


OVERVIEW: Final = Preset("overview", Text("overview"))
LATE_ONLY: Final = Preset("late", Text("late or blocked"), lights=(Light.RED,))


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """Hold what is asked for.

    Parameters
    ----------
    lang
        Language of the page.
    filters
        What is shown.
    extent
        What must be seen; None: the zones of the filter, or all.
    paper
        Sheet.
    title
        Title; empty: that of the campaign.
    selected
        Id of the emphasised feature, or empty.
    exporter
        Name of who exports.
    base_url
        Address of the product, for the link that reopens the view; empty: no link.
    drill
        Whether this is a drill.
    """

    lang: Language
    filters: Filters = field(default_factory=Filters)
    extent: Extent | None = None
    paper: Paper = PAPERS[0]
    title: str = ""
    selected: str = ""
    exporter: str = ""
    base_url: str = ""
    drill: bool = False


def presets_of(context: CampaignContext) -> tuple[Preset, ...]:
    """Presets of a campaign: the whole, each zone, what is late."""
    features = context.loaded.features
    zones = features[features["layer"] == Layer.ZONES]
    each = tuple(
        Preset(str(key), Name(str(zh), str(en)), zone=str(key))
        for key, zh, en in zip(zones.index, zones["name_zh"], zones["name_en"], strict=True)
    )
    return (OVERVIEW, *each, LATE_ONLY)


def take(context: CampaignContext, as_of: datetime, asked: SnapshotRequest, made_at: datetime) -> Snapshot:
    """Freeze a view of the board as of an instant.

    Raises
    ------
    StoreUnavailableError
        The store does not answer and this board was not shown before.
    """
    board, campaign = context.board_at(as_of), context.campaign
    return Snapshot(
        board=board,
        campaign=campaign,
        units=context.loaded.units,
        context=context.loaded.context,
        extent=asked.extent or extent_of(board, campaign, asked.filters),
        lang=asked.lang,
        title=asked.title or campaign.name.get(asked.lang),
        version=context.version,
        made_at=made_at,
        exporter=asked.exporter,
        url=link(context, as_of, asked) if asked.base_url else "",
        filters=asked.filters,
        selected=asked.selected,
        drill=asked.drill,
        paper=asked.paper,
    )


def render(snapshot: Snapshot, form: Format) -> bytes:
    """Write a snapshot in a format.

    Raises
    ------
    ExtentError
        The extent cannot be drawn.
    """
    return form.write(snapshot)


def preset_asked(preset: Preset, context: CampaignContext, asked: SnapshotRequest) -> SnapshotRequest:
    """Ask for a preset, in the language and on the paper of something asked for."""
    filters = Filters(zones=frozenset({preset.zone} - {""}), lights=frozenset(map(str, preset.lights)))
    title = (
        asked.title or f"{context.campaign.name.get(asked.lang)}{_JOINER.get(asked.lang)}{preset.name.get(asked.lang)}"
    )
    return replace(asked, filters=filters, title=title)


def extent_of(board: Board, campaign: Campaign, filters: Filters) -> Extent:
    """What is seen of a filter: its zones with a margin, else all zones, else what the map opens with."""
    features = board.features
    zones = features[features["layer"] == Layer.ZONES]
    chosen = zones[zones.index.isin(list(filters.zones))] if filters.zones else zones
    if not len(chosen):
        return campaign.view
    west, south, east, north = (float(edge) for edge in chosen.total_bounds)
    wide, high = (east - west) * _MARGIN, (north - south) * _MARGIN
    return west - wide, south - high, east + wide, north + high


def link(context: CampaignContext, as_of: datetime, asked: SnapshotRequest) -> str:
    """Address that reopens a view: its filters, day, language and selection."""
    filters = asked.filters
    query: list[tuple[str, str]] = [("zone", one) for one in sorted(filters.zones)]
    query += [("category", one) for one in sorted(filters.categories)]
    query += [("unit", one) for one in sorted(filters.units)] + [("status", one) for one in sorted(filters.statuses)]
    every = {"kinds": [str(one) for one in KIND_LABELS], "lights": [str(one) for one in LIGHT_ORDER]}
    for name, values in every.items():
        wanted = getattr(filters, name)
        query += [("hide", one) for one in values if wanted and one not in wanted]
    query += [("lead", "1")] if filters.lead_only else []
    query += [("q", filters.text)] if filters.text else []
    query += [("feature", asked.selected)] if asked.selected else []
    query += [("bounds", ",".join(f"{edge:.5f}" for edge in asked.extent))] if asked.extent else []
    day = as_of.astimezone(context.campaign.tz).date()
    query += [("date", day.isoformat()), ("lang", asked.lang)]
    return f"{asked.base_url.rstrip('/')}/?{urlencode(query)}"


class Known(Protocol):
    """Something that is chosen by its id."""

    @property
    def id(self) -> str:
        """Its name in commands and addresses."""


One = TypeVar("One", bound=Known)


def choose(what: Label, name: str, known: Iterable[One], *, beside: tuple[str, ...] = ()) -> One:
    """The one of an id, in any case; a dot before the name, as files have it, does not matter.

    Parameters
    ----------
    what
        What is chosen, for the error.
    beside
        Names that the error offers beside the ids.

    Raises
    ------
    SnapshotError
        There is none of this id.
    """
    every = tuple(known)
    found = next((one for one in every if one.id.casefold() == name.removeprefix(".").casefold()), None)
    if found is None:
        raise SnapshotError(what, name, (*(one.id for one in every), *beside))
    return found


def format_for(ending: str) -> Format:
    """The format of a file's ending; raises as `choose`."""
    return choose(Text("format"), ending, FORMATS)


def paper_for(name: str) -> Paper:
    """The sheet of a name; raises as `choose`."""
    return choose(Text("size"), name, PAPERS)


def preset_for(context: CampaignContext, name: str, *, beside: tuple[str, ...] = ()) -> Preset:
    """The preset of a name; raises as `choose`, naming what else there is beside the presets."""
    return choose(Text("preset"), name, presets_of(context), beside=beside)
