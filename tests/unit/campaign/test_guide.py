"""The guide says in both languages the same, and names what there is: pages, keys, words of the screen, pictures."""

from __future__ import annotations

import re
from functools import cache

import pytest
from PIL import Image

from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS
from geo.model.supervision import LEVEL_LABELS
from locales import LANGUAGES, Language, translations
from scripts.pictures import SCENES
from services.campaign.guide import PICTURES, guide, guide_file, picture_names, picture_url
from settings import ROOT
from views.pages import PAGES

HEADING = re.compile(r"^(#+) ", re.MULTILINE)
KEYS = re.compile(r"onKeys\(\{(.*?)\}\)", re.DOTALL)
KEY = re.compile(r'(?:^|\{)\s*(?:"([^"]+)"|(\w+)):', re.MULTILINE)
NAMES = {" ": {"zh": "空格", "en": "space bar"}, "Escape": {"zh": "`Esc`", "en": "`Esc`"}}
ARROWS = {"ArrowUp": "↑", "ArrowDown": "↓"}
QUOTED = (
    "Needs attention",
    "All features",
    "As of",
    "Sign in",
    "Clear all filters",
    "Log an incident",
    "This is a drill",
    "Issue a notice",
    "Close it",
    "Export to Excel",
    "Write it all",
    "Base mine on the newest",
    "How the forecast is made",
    "Sample data",
    "On duty",
    "Sign out everywhere",
    "No basemap (offline)",
    "Try again",
    "More formats, and saved views",
    "new",
)
"""Words of the screen that both guides quote."""
BANNERS = (
    "The server does not answer since {time}. What you see is the last state.",
    "The database does not answer since {time}. What you see is the last state; nothing is stored.",
    "The map could not be loaded. Is the server reachable?",
    "The online basemap cannot be reached from here. Choose “No basemap”; all layers stay.",
    "Nothing matches the filters. Clear them to see everything.",
)


@cache
def text(language: Language) -> str:
    return guide_file(language).read_text("utf-8").replace("\n", " ")


def lines(language: Language) -> list[str]:
    return guide_file(language).read_text("utf-8").splitlines()


def pages() -> list[str]:
    return [page.name for page in PAGES]


def keys() -> set[str]:
    """Keys that the front-end listens for on the map page."""
    sources = [path.read_text("utf-8") for path in (ROOT / "frontend").glob("*.js")]
    tables = [table for source in sources for table in KEYS.findall(source)]
    found = {quoted or plain for table in tables for quoted, plain in KEY.findall(table)}
    (moves,) = re.findall(r"const to = \{(.*?)\}\[event\.key\]", "\n".join(sources))
    return found | set(re.findall(r"(\w+):", moves))


def test_both_guides_have_the_same_shape() -> None:
    zh, en = (guide_file(language).read_text("utf-8") for language in LANGUAGES)
    assert [len(mark) for mark in HEADING.findall(zh)] == [len(mark) for mark in HEADING.findall(en)]
    for shape in (r"^\|.*\|$", r"^!\[", r"^\d+\. ", r"^- "):
        counts = [len(re.findall(shape, one, flags=re.MULTILINE)) for one in (zh, en)]
        assert counts[0] == counts[1] > 5, shape


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_named(language: Language) -> None:
    assert len(pages()) > 10
    assert [page for page in pages() if f"| `/{page}` |" not in text(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_named_that_does_not_exist(language: Language) -> None:
    assert set(re.findall(r"`/([a-z]+)`", text(language))) <= set(pages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_told(language: Language) -> None:
    assert {"/", "j", " ", "?", "Escape", "ArrowDown"} <= keys()
    told = "\n".join(line for line in lines(language) if line.startswith("| "))
    missing = [key for key in keys() if NAMES.get(key, {}).get(language, f"`{ARROWS.get(key, key)}`") not in told]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_light_is_told_by_shape_and_word(language: Language) -> None:
    rows = [line.split(" | ") for line in lines(language) if line.startswith("| ")]
    told = {row[0].removeprefix("| "): row[2] for row in reversed(rows) if len(row) == 4}
    assert {glyph: told[glyph] for glyph in LIGHT_GLYPHS.values()} == {
        glyph: LIGHT_LABELS[light].get(language) for light, glyph in LIGHT_GLYPHS.items()
    }
    assert [one for one in LEVEL_LABELS.values() if one.get(language).lower() not in text(language).lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_screen_are_quoted_as_they_stand_there(language: Language) -> None:
    said = translations(language).gettext
    assert [said(word) for word in QUOTED if f"“{said(word)}" not in text(language)] == []
    heads = [re.split(r"[.。，？?{]", said(banner))[0].strip() for banner in BANNERS]
    assert [head for head in heads if head.removesuffix(" 自") not in text(language)] == []


def test_every_picture_is_there_is_made_anew_and_has_words() -> None:
    made = {scene.file(language, theme) for scene in SCENES for language in LANGUAGES for theme in scene.themes}
    assert picture_names() <= made
    assert [name for name in sorted(picture_names()) if not (PICTURES / name).is_file()] == []
    for language in LANGUAGES:
        found = re.findall(r"!\[(.*?)\]\(screenshots/(.*?)\)", text(language))
        assert [name for words, name in found if len(words) < 5 or f"-{language}-" not in name] == []
        assert len(found) == len({name for _, name in found}) > 8


def test_pictures_are_small_and_of_a_screen() -> None:
    for path in (PICTURES / name for name in picture_names() if (PICTURES / name).is_file()):
        with Image.open(path) as image:
            assert image.width >= 390, path.name
        assert path.stat().st_size < 600_000, path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_in_the_program_is_the_guide_in_the_repository(language: Language) -> None:
    shown = guide(language)
    assert [len(one.text) > 40 for one in shown.sections] == [True] * len(shown.sections)
    assert len({one.anchor for one in shown.sections}) == len(shown.sections) > 8
    assert "(screenshots/" not in "".join(one.text for one in shown.sections)
    assert picture_url(f"desktop-{language}-light.png") in shown.sections[0].text
