"""Measure text for paper, and set a figure in a TrueType font made of just the characters that it uses.

The font is Noto Sans SC of the package pylopdf-fonts-zh-cn, so that a page looks the same on every machine. What it
has no glyph for is written as `SUBSTITUTE`, the geta mark with which Chinese and Japanese typesetters have always
shown that a character is missing.

The font draws its glyphs with cubic curves. matplotlib embeds such a font in a PDF either as Type 3, which tears every
Chinese text into pieces of one alphabet of 256 characters each, so that no reader finds a date in it, or as Type 42
under a wrong name, which readers complain about. So the glyphs are converted to quadratic curves, each outline within
one thousandth of the letter's height. Kerning and ligatures are left out, so that a text is as wide as its advances,
which is what is measured here.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

import matplotlib as mpl
import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

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


mpl.rcParams["pdf.fonttype"] = 42  # one alphabet for all of a text; Type 3, the default, has 256 characters
mpl.rcParams["ps.fonttype"] = 42  # matplotlib 3.11 looks here for the size of a PDF's alphabets

NAME: Final = "NotoSansSC-Regular"
_ERROR_PER_EM: Final = 0.001
_FONTS_KEPT: Final = 64
_WHEN: Final = 3_787_000_000
"""Any moment, in seconds since 1904, so that a font does not tell when it was made."""
_LOCK: Final = Lock()
_FOLDER: Final = tempfile.TemporaryDirectory(prefix="onemap-fonts-")


def embed_font(figure: Figure) -> None:
    """Set every text of a figure in a font of the figure's own; call it when all is drawn and before it is written."""
    texts = [one for one in _texts(figure) if one.get_text()]
    path = font_file("".join(sorted({one for text in texts for one in text.get_text()} - {"\n"})))
    for text in texts:
        properties = text.get_fontproperties().copy()
        properties.set_file(path)
        text.set_fontproperties(properties)


def _texts(figure: Figure) -> list[Text]:
    found: Any = figure.findobj(Text)
    return list(found)


@lru_cache(maxsize=_FONTS_KEPT)
def font_file(characters: str) -> str:
    """File of the font of some characters, sorted; the same characters give the same file."""
    name = hashlib.sha256(characters.encode()).hexdigest()[:24]
    path = Path(_FOLDER.name) / f"{name}.ttf"
    if not path.exists():
        handle, part = tempfile.mkstemp(dir=_FOLDER.name)
        with os.fdopen(handle, "wb") as file:
            file.write(truetype(characters))
        Path(part).replace(path)
    return str(path)


def truetype(characters: str) -> bytes:
    """A TrueType font of the characters, those left out that the font of paper lacks."""
    with _LOCK:
        glyphs = {one: drawn for one in sorted({*characters, SUBSTITUTE}) if (drawn := _glyph(one)) is not None}
        source, _, _ = _source()
        head, em = source["hhea"], source["head"].unitsPerEm
    names = {one: f"u{ord(one):05X}" for one in glyphs}
    builder = FontBuilder(em, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(one): name for one, name in names.items()})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()} | {names[one]: glyph for one, (glyph, _) in glyphs.items()})
    metrics = {names[one]: (advance, getattr(glyph, "xMin", 0)) for one, (glyph, advance) in glyphs.items()}
    builder.setupHorizontalMetrics({".notdef": (em, 0)} | metrics)
    builder.setupHorizontalHeader(ascent=head.ascent, descent=head.descent)
    builder.setupNameTable({"familyName": "Noto Sans SC", "styleName": "Regular", "psName": NAME, "version": "1"})
    builder.setupOS2(
        **{
            name: getattr(source["OS/2"], name)
            for name in ("sTypoAscender", "sTypoDescender", "sCapHeight", "sxHeight")
        },
        usWinAscent=head.ascent,
        usWinDescent=-head.descent,
    )
    builder.setupPost()
    builder.updateHead(created=_WHEN, modified=_WHEN)
    builder.font.recalcTimestamp = False
    file = BytesIO()
    builder.font.save(file)
    return file.getvalue()


@lru_cache(maxsize=1)
def _source() -> tuple[Any, Any, dict[int, str]]:
    """The font of paper, its outlines by name, its names by code."""
    font = TTFont(FONT_PATH, lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()


@lru_cache(maxsize=32768)
def _glyph(one: str) -> tuple[Any, int] | None:
    """Outline in quadratic curves and advance of a character, if the font has it; to be called under the lock."""
    source, outlines, names = _source()
    name = names.get(ord(one))
    if name is None:
        return None
    pen = TTGlyphPen(None)
    error = source["head"].unitsPerEm * _ERROR_PER_EM
    outlines[name].draw(Cu2QuPen(pen, max_err=error, reverse_direction=True))
    return pen.glyph(), source["hmtx"].metrics[name][0]
