"""Write what the exports cost as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from exports.snapshot.formats import FORMATS

MEGA: Final = 1e6
FEATURES: Final = 97
_TOP: Final = """\
# What the exports cost

`python -m benchmarks.exports` makes this page anew: the overview preset in Chinese, each line {rounds} times in one
process of its own. First is the first file of the process, when fonts are read, glyphs converted and caches filled;
again is the median of the others. Before is what the process held when the campaign was loaded and its board built;
the peak is the most that it ever held.
"""
_EXPORTS: Final = """\
| format | size | first, s | again, s | file, MB | peak, MB | of it before, MB |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
"""
_ATLAS: Final = """\
## The atlas of 97 features

Two PDF files of 67 corridors and of 30 nodes, a page each, with an index: {seconds:.0f} s, {each:.2f} s a feature;
{size:.1f} MB; peak of memory {peak:,.0f} MB.
"""
_SCREENS: Final = """\
## Beside a screenshot

One server, two ways to a picture of 1920 × 1080. It draws one itself (`/onemap/snapshot`); or a headless browser opens
the map, waits until it is drawn and photographs it. The browser runs already, or starts for this picture, as from a
crontab. Medians of {rounds} rounds in turn; a ratio above 1 says how many times as long the browser takes. A screenshot
is of the screen: it has no scale in figures, no date of the export, and no text to search.

| campaign | ours, s | browser runs, s | ratio | browser starts, s | ratio | ours, MB | theirs, MB | browser holds, MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""
_FACTS: Final = """\
| machine | |
| --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Export:
    """Hold what a format and size took: seconds of each round, bytes, MB of its process at the peak and before."""

    form: str
    size: str
    seconds: list[float]
    length: int
    peak_mb: float
    before_mb: float


@dataclass(frozen=True, slots=True)
class Beside:
    """Hold seconds of the server's picture, of a screenshot in a browser that runs, and in one that starts for it.

    Lengths are those of the files in bytes, `browser_mb` what all processes of the browser hold after a screenshot.
    """

    ours: list[float]
    shot: list[float]
    started: list[float]
    our_length: int
    shot_length: int
    browser_mb: float


def page(
    exports: Mapping[str, Sequence[Export]],
    atlas: Export | None,
    screens: Mapping[str, Beside],
    facts: Sequence[tuple[str, str]],
    *,
    rounds: int,
) -> str:
    """The page, in Markdown."""
    parts = [_TOP.format(rounds=rounds)]
    for title, made in exports.items():
        parts.append(f"## {title}\n\n{_EXPORTS}" + "".join(map(_export, made)))
    if atlas:
        seconds, size = sum(atlas.seconds), atlas.length / MEGA
        parts.append(_ATLAS.format(seconds=seconds, each=seconds / FEATURES, size=size, peak=atlas.peak_mb))
    parts.append(_SCREENS.format(rounds=rounds) + "".join(_beside(title, one) for title, one in screens.items()))
    parts.append(_FACTS + "".join(f"| {name} | {value} |\n" for name, value in facts))
    return "\n".join(parts)


def _export(one: Export) -> str:
    again = f"{median(one.seconds[1:]):.2f}" if one.seconds[1:] else "–"
    sized = any(form.on_paper for form in FORMATS if form.id == one.form)
    cells = f"{one.seconds[0]:.2f} | {again} | {one.length / MEGA:.2f} | {one.peak_mb:,.0f} | {one.before_mb:,.0f}"
    return f"| {one.form} | {one.size if sized else '–'} | {cells} |\n"


def _beside(title: str, one: Beside) -> str:
    ours, shot, started = (median(times) for times in (one.ours, one.shot, one.started))
    times = f"{ours:.2f} | {shot:.2f} | {shot / ours:.1f} | {started:.2f} | {started / ours:.1f}"
    return (
        f"| {title} | {times} | {one.our_length / MEGA:.2f} | {one.shot_length / MEGA:.2f} | {one.browser_mb:,.0f} |\n"
    )
