"""Compose documents for a meeting from the real campaign, and measure what stands on their slides."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from pptx import Presentation
from pypdf import PdfReader

from data.campaign.load import load_campaign
from data.campaign.toml_files import read_template
from data.store.sql import open_store
from exports.document.model import Document
from layers.slides.slide import Deck, MapPicture, Place
from locales import Language
from services.briefing.briefing import BriefingRequest, compose, document_of, format_for, render
from services.briefing.material import Material, gather
from services.campaign.context import CampaignContext
from settings import DEFAULT_CAMPAIGN

MADE_AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
DEMONSTRATION = date(2020, 9, 15)
END = date(2020, 12, 31)
EMU_PER_IN = 914_400
HOSTILE = [
    "$\\frac{1}{0}$",
    "a\nb\tc",
    "\u202eevil\u202c",
    "名" * 400,
    "word " * 80,
    "</a:t><b>&amp;",
    "=1+1",
    "😀𠮷",
    "\x07",
]


@cache
def desk() -> CampaignContext:
    folder = tempfile.mkdtemp(prefix="onemap-briefing-")
    store = open_store(f"sqlite:///{folder}/ledger.sqlite")
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), store, lambda: MADE_AT)


@cache
def material(lang: Language = "zh", day: date = DEMONSTRATION, since: date | None = None) -> Material:
    return gather(desk(), desk().campaign.instant_of(day), since, lang, read_template())


@cache
def document(kind: str = "briefing", lang: Language = "zh", day: date | None = None) -> Document:
    chosen = day or (END if kind == "evaluation" else DEMONSTRATION)
    return compose(desk(), desk().campaign.instant_of(chosen), BriefingRequest(lang, kind, exporter="张三"), MADE_AT)


@cache
def content(form: str, kind: str = "briefing", lang: Language = "zh") -> bytes:
    return render(document(kind, lang), format_for(form))


def hostile(kind: str = "briefing", lang: Language = "zh") -> Document:
    """The document of a board whose tasks and features bear hostile and endless names."""
    known = material(lang)
    board = known.board
    features, tasks = board.features.copy(), board.tasks.copy()
    for column in ("name_zh", "name_en"):
        features[column] = [HOSTILE[i % len(HOSTILE)] for i in range(len(features))]
    for column in ("title_zh", "title_en", "difficulty", "suggestion"):
        tasks[column] = [HOSTILE[i % len(HOSTILE)] for i in range(len(tasks))]
    renamed = replace(known.comparison, after=replace(board, features=features, tasks=tasks))
    return document_of(desk(), replace(known, comparison=renamed), BriefingRequest(lang, kind), MADE_AT)


def words_of(form: str, made: bytes) -> str:
    """All text of a file, without white space, as another program reads it."""
    if form == "pdf":
        texts = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    elif form == "pptx":
        texts = [text for slide in Presentation(BytesIO(made)).slides for text in _slide_words(slide)]
    else:
        read = docx.Document(BytesIO(made))
        texts = [paragraph.text for paragraph in read.paragraphs]
        texts += [cell.text for table in read.tables for row in table.rows for cell in row.cells]
        texts += [paragraph.text for paragraph in read.sections[0].footer.paragraphs]
    return squeezed("".join(texts))


def _slide_words(slide: Any) -> list[str]:  # noqa: ANN401  pptx ships no types
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return texts + [cell.text for table in tables for row in table.rows for cell in row.cells]


def squeezed(text: str) -> str:
    return "".join(text.split())


def clashes(deck: Deck) -> list[tuple[int, str, str]]:
    """Pairs of texts, tables and pictures of a slide that overlap, with the number of the slide."""
    found = []
    for number, slide in enumerate(deck.slides, start=1):
        boxes = [(repr(item)[:80], item.place) for item in slide.items if hasattr(item, "place")]
        maps = [item for item in slide.items if isinstance(item, MapPicture)]
        boxes += [("legend", item.legend) for item in maps if item.legend is not None]
        found += [
            (number, name, other)
            for i, (name, box) in enumerate(boxes)
            for other, against in boxes[:i]
            if overlap(box, against)
        ]
    return found


def overlap(one: Place, other: Place, *, by: float = 0.02) -> bool:
    """Whether two places share more than so many inches in both directions."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return wide > by and high > by


def shapes_of(made: bytes) -> list[tuple[int, Any, Place]]:
    """Shapes of a deck that hold something, with slide and place in inches; bars and marks lie on others."""
    found = []
    for number, slide in enumerate(Presentation(BytesIO(made)).slides, start=1):
        for shape in slide.shapes:
            edges = (shape.left, shape.top, shape.width, shape.height)
            found.append((number, shape, tuple(edge / EMU_PER_IN for edge in edges)))
    return found


def write(folder: Path, form: str, made: bytes) -> Path:
    path = folder / f"document.{form}"
    path.write_bytes(made)
    return path
