"""Lend a small TrueType font of the characters that a document uses to a writer of PDF that embeds no other kind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from layers.paper.font import SUBSTITUTE, truetype

FAMILY: Final = "OneMapPaper"
_ALWAYS: Final = f" {SUBSTITUTE}0"
_LOCK: Final = Lock()


@contextmanager
def embedded(text: str) -> Iterator[str]:
    """Give the writer of PDF a font of the characters of a text, under the name that is returned, and take it back.

    Only one document is written at a time: the writer keeps its fonts in one table for the whole process, which would
    otherwise grow with every document.
    """
    with _LOCK:
        pdfmetrics.registerFont(TTFont(FAMILY, io.BytesIO(truetype(text + _ALWAYS))))
        try:
            yield FAMILY
        finally:
            font = pdfmetrics._fonts.pop(FAMILY)  # noqa: SLF001  there is no public way to take a font back
            pdfmetrics._dynFaceNames.pop(font.face.name, None)  # noqa: SLF001  likewise
