"""Measure and prepare text for paper, with the one font that every page is set in.

The font is Noto Sans SC of the package pylopdf-fonts-zh-cn, so that a page looks the same on every machine. What it
has no glyph for is written as `SUBSTITUTE`, the geta mark with which Chinese and Japanese typesetters have always
shown that a character is missing.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties

FONT_PATH: Final = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
SUBSTITUTE: Final = "〓"
ELLIPSIS: Final = "…"
_NO_LINE_START: Final = frozenset("，。、；：？！）》〉」』】〕％…·)]},.;:?!%")
_NO_LINE_END: Final = frozenset("（《〈「『【〔([{“‘")
_INVISIBLE: Final = frozenset({"Cf"})
_ROUND_OFF_EM: Final = 1e-9
"""What the sum of many widths may be off; a word that just fits fits."""


@cache
def _glyphs() -> dict[str, float]:
    """Advance of each character that the font draws, in em."""
    with TTFont(FONT_PATH, lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {chr(code): metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


@lru_cache(maxsize=128)
def font(size_pt: float) -> FontProperties:
    """The font at a size."""
    return FontProperties(fname=str(FONT_PATH), size=size_pt)


def missing(text: str) -> set[str]:
    """Characters of a text, as it would be drawn, that the font has no glyph for."""
    return {one for one in _plain(text) if one not in _glyphs()}


@lru_cache(maxsize=65536)
def literal(text: str) -> str:
    """Return a text as it is drawn: in one line, without invisible controls, every missing glyph substituted."""
    glyphs = _glyphs()
    return "".join(one if one in glyphs else SUBSTITUTE for one in _plain(text))


def _plain(text: str) -> str:
    kept = (one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) not in _INVISIBLE)
    return " ".join("".join(kept).split())


def width_em(text: str) -> float:
    """Width of a text that `literal` returned, in em."""
    glyphs = _glyphs()
    return sum(glyphs.get(one, 1.0) for one in text)


def cut(text: str, width: float) -> str:
    """Return a literal text cut to a width in em, with an ellipsis where something is left out."""
    if width_em(text) <= width:
        return text
    room, kept = width - width_em(ELLIPSIS), []
    for one in text:
        room -= width_em(one)
        if room < 0:
            break
        kept.append(one)
    return "".join(kept).rstrip() + ELLIPSIS


def wrap(text: str, width: float, *, lines: int) -> list[str]:
    """Break a text into at most so many lines of a width in em; what is left over ends in an ellipsis.

    Latin words stay whole where they fit a line, Chinese text breaks anywhere but before closing punctuation.
    """
    made: list[str] = []
    left = literal(text)
    while left and len(made) < lines - 1 and width_em(left) > width:
        at = _break(left, width)
        made.append(left[:at].rstrip())
        left = left[at:].lstrip()
    return [*made, cut(left, width)] if left else made


def balance(text: str, *, most: float, least: float) -> list[str]:
    """Break a text into two lines of about one length; `most` and `least` are the widths of a line in em."""
    plain = literal(text)
    whole = (width_em(word) for word in plain.split(" ") if not any(map(_wide, word)))
    width = max(width_em(plain) / 2, least, min(max(whole, default=0.0), most))
    lines = wrap(plain, width, lines=2)
    while lines and lines[-1].endswith(ELLIPSIS) and width < most:
        width = min(width + 0.5, most)
        lines = wrap(plain, width, lines=2)
    return lines


def _break(text: str, width: float) -> int:
    """Place of the first character of the next line."""
    room, end = width + _ROUND_OFF_EM, 0
    while end < len(text) and room >= width_em(text[end]):
        room -= width_em(text[end])
        end += 1
    at = end = max(end, 1)
    while at > 1 and not _breaks(text, at):
        at -= 1
    return at if _breaks(text, at) else end


def _breaks(text: str, at: int) -> bool:
    if at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    return before == " " or after == " " or before == "-" or _wide(before) or _wide(after)


def _wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in "WF"
