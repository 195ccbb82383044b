"""Make the pictures of exported pages for README and docs: what `cli.py snapshot` makes, small enough for a page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from PIL import Image, ImageOps

from data.campaign.load import load_campaign
from data.store.sql import open_store
from services.campaign.context import CampaignContext
from services.snapshots.snapshots import SnapshotRequest, format_for, paper_for, preset_asked, preset_for, render, take
from settings import DEFAULT_CAMPAIGN

ADDRESS: Final = "http://127.0.0.1:8501"
BITS: Final = 6
"""Of each colour: half the size, and no palette, which would take the colour of one name for another's."""
_AFTER: Final = timedelta(hours=10)
"""From the start of the demonstration day, UTC, to the export."""


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """Hold one page: name of its picture without the language, paper, width of the picture, preset, languages."""

    name: str
    size: str
    width_px: int
    preset: str = "overview"
    languages: tuple[Literal["zh", "en"], ...] = ("zh",)

    def file(self, lang: str) -> str:
        """Name of its picture."""
        return f"{self.name}-{lang}.png"


PAGES: Final = (
    ExportedPage("snapshot-a3", "A3", 1400, languages=("zh", "en")),
    ExportedPage("snapshot-slide", "1920x1080", 1400),
    ExportedPage("snapshot-a4-zone", "A4-portrait", 1000, preset="Z1"),
)


def page_picture(page: ExportedPage, lang: Literal["zh", "en"], var: Path) -> bytes:
    """A page of the sample on its demonstration day; `var` is a folder for a database of its own."""
    loaded = load_campaign(DEFAULT_CAMPAIGN)
    day = loaded.campaign.demonstration
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + _AFTER
    context = CampaignContext(loaded, open_store(f"sqlite:///{var / 'pages.sqlite'}"))
    exporter = {"zh": "示例人员", "en": "Sample user"}[lang]
    asked = SnapshotRequest(lang, paper=paper_for(page.size), exporter=exporter, base_url=ADDRESS)
    asked = preset_asked(preset_for(context, page.preset), context, asked)
    picture = render(take(context, loaded.campaign.instant_of(day), asked, at), format_for("png"))
    with Image.open(io.BytesIO(picture)) as image:
        size = page.width_px, round(image.height * page.width_px / image.width)
        small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    ImageOps.posterize(small, BITS).save(written, "PNG", optimize=True)
    return written.getvalue()
