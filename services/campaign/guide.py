"""Read the guide: its sections in a language, and its pictures at addresses that the server answers.

The guide is one Markdown file per language in `docs/`, whose pictures lie in `docs/screenshots/`, so that the same text
is read in the repository and inside the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from locales import Language
from services.campaign import urls
from services.campaign.urls import digest
from settings import ROOT

FOLDER: Final = ROOT / "docs"
PICTURES: Final = FOLDER / "screenshots"
_PICTURE: Final = re.compile(r"!\[([^\]\n]*)\]\(screenshots/([\w-]+\.png)\)")
_HEADING: Final = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one section: its heading, the name by which links find it, and its Markdown."""

    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Hold a guide: its title, what stands before the first section, and the sections."""

    title: str
    opening: str
    sections: tuple[Section, ...]


def guide_file(language: Language) -> Path:
    """File of the guide in a language."""
    return FOLDER / f"guide.{language}.md"


@cache
def guide(language: Language) -> Guide:
    """The guide in a language; its pictures stand at addresses of the server, and a click opens them in full.

    Sections of the same place have the same anchor in every language.
    """
    text = guide_file(language).read_text("utf-8")
    head, *parts = _HEADING.split(_PICTURE.sub(_served, text))
    title, _, opening = head.partition("\n")
    sections = tuple(
        Section(heading.strip(), f"guide-{place}", body.strip())
        for place, (heading, body) in enumerate(zip(parts[::2], parts[1::2], strict=True), start=1)
    )
    return Guide(title.removeprefix("# ").strip(), opening.strip(), sections)


@cache
def picture_names() -> frozenset[str]:
    """Names of the pictures of all guides."""
    texts = (path.read_text("utf-8") for path in FOLDER.glob("guide.*.md"))
    return frozenset(name for text in texts for _, name in _PICTURE.findall(text))


def picture_url(name: str) -> str:
    """Address of a picture."""
    return urls.PICTURE.format(hash=_pictures_hash(), name=name)


@cache
def _pictures_hash() -> str:
    files = (PICTURES / name for name in sorted(picture_names()))
    return digest(*(file.read_bytes() if file.is_file() else b"" for file in files))


def _served(found: re.Match[str]) -> str:
    words, name = found.groups()
    address = picture_url(name)
    return f"[![{words}]({address})]({address})"
