"""Set a figure in a TrueType font made of just the characters that it uses.

The font of all paper draws its glyphs with cubic curves. matplotlib embeds such a font in a PDF either as Type 3, which
tears every Chinese text into pieces of one alphabet of 256 characters each, so that no reader finds a date in it, or as
Type 42 under a wrong name, which readers complain about. So the glyphs are converted to quadratic curves, each outline
within one thousandth of the letter's height. Kerning and ligatures are left out, so that a text is as wide as its
advances, which is what `layers.paper.font` measures.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

import matplotlib as mpl
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.text import Text

from layers.paper.font import FONT_PATH, SUBSTITUTE

mpl.rcParams["pdf.fonttype"] = 42  # one alphabet for all of a text; Type 3, the default, has 256 characters
mpl.rcParams["ps.fonttype"] = 42  # matplotlib 3.11 looks here for the size of a PDF's alphabets

NAME: Final = "NotoSansSC-Regular"
_ERROR_PER_EM: Final = 0.001
_FONTS_KEPT: Final = 64
_WHEN: Final = 3_787_000_000
"""Any moment, in seconds since 1904, so that a font does not tell when it was made."""
_LOCK: Final = Lock()
_FOLDER: Final = tempfile.TemporaryDirectory(prefix="onemap-fonts-")


def dress(figure: Figure) -> None:
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
