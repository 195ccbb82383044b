"""Write the round sheet: one A4 page with the map of the stops in their order and a list to tick, as PDF.

The same input gives the same bytes: the file carries no time of its making.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Final

from exports.snapshot.words import notice_words
from geo.model.campaign import Campaign
from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, LIGHT_ORDER
from geo.space.rank import WALKING_M_PER_S, distance_text, walking_minutes
from layers.paper.page import MapContent
from layers.paper.round import RoundPage, RoundStop, draw_round
from locales import Text

_TITLE: Final = Text("Round sheet")


@dataclass(frozen=True, slots=True, eq=False)
class RoundContent:
    """Hold what the sheet says.

    `content` is the map without stops, whose extent holds them; `start` is longitude and latitude; `total_m` includes
    the way back where there is one; `version` is that of the data.
    """

    campaign: Campaign
    content: MapContent
    day: date
    start: tuple[float, float]
    stops: tuple[RoundStop, ...]
    total_m: float
    back: bool
    version: str
    drill: bool = False


def round_sheet(content: RoundContent) -> bytes:
    """Return the sheet as PDF.

    Raises
    ------
    ValueError
        There are more stops than `layers.paper.round.STOPS_MOST`.
    ExtentError
        The map cannot be drawn.
    """
    lang, campaign = content.content.lang, content.campaign
    notice = notice_words(campaign, lang, drill=content.drill, drill_label=Text("DRILL", context="round sheet"))
    footer = (
        Text("Scale and scale bar hold when the page is printed at 100 %."),
        Text("data version {version}", version=content.version),
    )
    page = RoundPage(
        content=content.content,
        title=f"{_TITLE.get(lang)} · {campaign.short.get(lang)}",
        facts=_facts(content, notice),
        notice=notice,
        footer=tuple(line.get(lang) for line in footer),
        start=content.start,
        start_name=Text("Start").get(lang),
        stops=content.stops,
        back=content.back,
    )
    buffer = io.BytesIO()
    title = f"{_TITLE.get(lang)} {campaign.short.get(lang)} {content.day.isoformat()}"
    draw_round(page).savefig(buffer, format="pdf", metadata={"Title": title, "CreationDate": None})
    return buffer.getvalue()


def _facts(content: RoundContent, notice: str) -> tuple[str, ...]:
    lang = content.content.lang
    total = Text(
        "{stops} stops, {total} in straight lines, about {minutes} min on foot at {speed} m/s; real ways are longer",
        stops=len(content.stops),
        total=distance_text(content.total_m),
        minutes=walking_minutes(content.total_m),
        speed=WALKING_M_PER_S,
    )
    if content.back:
        leg = content.total_m - sum(stop.leg_m for stop in content.stops)
        total = Text("{total}; back to the start {leg}", total=total, leg=distance_text(leg))
    day = Text("As of {day}", day=content.day.isoformat()).get(lang)
    lights = "  ".join(f"{LIGHT_GLYPHS[light]} {LIGHT_LABELS[light].get(lang)}" for light in LIGHT_ORDER)
    return f"{day} · {notice}" if notice else day, total.get(lang), Text("Lights: ").get(lang) + lights
