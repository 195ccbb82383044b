"""Fit texts into widths: broken where too long for a line, cut with an ellipsis where too long at all."""

from __future__ import annotations

from typing import Final

from geo.model.status import Lang
from layers.paper.font import ELLIPSIS, literal, width_em, wrap
from layers.slides.slide import LINE, PT_PER_IN

_WIDER: Final = {"zh": 1.1, "en": 1.12}
"""So much wider than the paper's font a text may run: in Arial, or where a program parts Chinese and Latin by a gap."""
_SLACK_IN: Final = 0.01


def fitted(text: str, width_in: float, size_pt: float, lang: Lang, *, lines: int) -> tuple[str, tuple[str, ...]]:
    """Return a text as it can be shown, and how it breaks into at most so many lines of a width."""
    plain = literal(text)
    broken = tuple(wrap(plain, room_em(width_in, size_pt, lang), lines=lines))
    return _kept(plain, broken), broken


def room_em(width_in: float, size_pt: float, lang: Lang) -> float:
    """How many em of text a width takes."""
    return max(width_in * PT_PER_IN / size_pt / _WIDER[lang], 1.0)


def taken_in(text: str, size_pt: float, lang: Lang) -> float:
    """Width in inches that a text needs to stand on one line."""
    return width_em(text) * size_pt / PT_PER_IN * _WIDER[lang] + _SLACK_IN


def high_in(lines: int, size_pt: float) -> float:
    """Height of some lines in inches."""
    return lines * size_pt * LINE / PT_PER_IN


def _kept(plain: str, broken: tuple[str, ...]) -> str:
    """The part of a text that its lines hold; an ellipsis stands for the rest."""
    end = 0
    for line in broken[:-1]:
        end = plain.index(line, end) + len(line)
    last = broken[-1] if broken else ""
    rest = plain[end:].strip()
    if last == rest:
        return plain
    kept = last.removesuffix(ELLIPSIS)
    return plain[: plain.index(kept, end) + len(kept)] + ELLIPSIS
