"""Nothing on a slide overlaps or leaves it, whatever the text; nothing is missing from the font; empty is said."""

from __future__ import annotations

from datetime import date

import pytest

from exports.document.layout import laid_out
from exports.document.model import Table
from layers.paper.font import missing
from layers.slides.slide import HEIGHT_IN, WIDTH_IN, Deck, Grid, Text
from locales import Language
from services.briefing.briefing import format_for, render
from tests.support.fixtures_briefing import clashes, content, document, hostile, overlap, shapes_of, words_of

KINDS = ("briefing", "one-page", "evaluation")
FIRST_DAY = date(2020, 1, 1)
SLACK_IN = 0.01


def _texts(deck: Deck) -> list[str]:
    found = [item.text for slide in deck.slides for item in slide.items if isinstance(item, Text)]
    grids = [item for slide in deck.slides for item in slide.items if isinstance(item, Grid)]
    found += [text for grid in grids for text in grid.head]
    return found + [text for grid in grids for row in grid.rows for cell in row for text in (cell.text, cell.note)]


def _outside(deck: Deck) -> list[object]:
    places = [(item, item.place) for slide in deck.slides for item in slide.items if hasattr(item, "place")]
    return [
        item
        for item, (left, top, width, height) in places
        if left < 0 or top < 0 or left + width > WIDTH_IN + SLACK_IN or top + height > HEIGHT_IN + SLACK_IN
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_overlaps_leaves_the_slide_or_lacks_a_glyph(kind: str, lang: Language) -> None:
    deck = laid_out(document(kind, lang))
    assert clashes(deck) == []
    assert _outside(deck) == []
    assert [text for text in _texts(deck) if missing(text)] == []


@pytest.mark.parametrize("kind", ["briefing", "one-page"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_and_endless_names_stay_in_their_places(kind: str, lang: Language) -> None:
    deck = laid_out(hostile(kind, lang))
    assert clashes(deck) == []
    assert _outside(deck) == []
    assert [text for text in _texts(deck) if missing(text)] == []
    assert max(map(len, _texts(deck))) < 400


def test_hostile_text_is_written_literally_in_every_format() -> None:
    for form in ("pptx", "pdf", "docx"):
        written = words_of(form, render(hostile("one-page"), format_for(form)))
        assert "$\\frac{1}{0}$" in written


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shapes_of_the_file_lie_on_the_slide_and_texts_do_not_overlap(lang: Language) -> None:
    shapes = shapes_of(content("pptx", "briefing", lang))
    lying = [(slide, shape.name, at) for slide, shape, at in shapes if shape.has_text_frame and shape.text_frame.text]
    lying += [(slide, shape.name, at) for slide, shape, at in shapes if shape.has_table or shape.name == "map"]
    beyond = [name for _, name, at in lying if at[0] + at[2] > WIDTH_IN + SLACK_IN or at[1] + at[3] > HEIGHT_IN]
    hit = [
        (one[:2], other[:2])
        for i, one in enumerate(lying)
        for other in lying[:i]
        if one[0] == other[0] and overlap(one[2], other[2])
    ]
    assert beyond == []
    assert hit == []


def test_the_first_day_has_no_meeting_before_nothing_late_and_no_supervision_and_says_so() -> None:
    sections = {section.id: section for section in document("briefing", "en", FIRST_DAY).sections}
    empty = {
        key: [block.empty for block in one.blocks if isinstance(block, Table) and not block.rows]
        for key, one in sections.items()
    }
    assert empty["late"] == ["No task is late or blocked."]
    assert empty["supervision"] == ["Nothing is under supervision."]
    assert empty["difficulties"] == ["No difficulty needs coordination."]
    assert "changes-list" not in sections
    assert clashes(laid_out(document("briefing", "en", FIRST_DAY))) == []


@pytest.mark.parametrize("form", ["pptx", "pdf", "docx"])
def test_a_document_with_nothing_in_it_is_made_too(form: str) -> None:
    made = render(document("briefing", "zh", FIRST_DAY), format_for(form))
    assert "没有超期或受阻的任务" in words_of(form, made)
