"""Write what was measured as docs/benchmarks.md; the verdict on each aim is computed, so no run can contradict it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.browser import Record
from benchmarks.contestants import EMPTY, OURS, WIDGET, Contestant
from benchmarks.core import Step
from benchmarks.prose import AIMS, HEAD, HOW, MISSING
from benchmarks.tables import COLUMNS, Numbers, bytes_text, ms_text, row, table

FLOOR_MARGIN_S, BYTES_MOST, FIRST_RATIO_MOST = 0.15, 2_000, 1.2
_LATE = f"filter change beyond its floor: at most {FLOOR_MARGIN_S} s"
_SENT = (
    (f"bytes of a filter change, all websocket messages: at most {BYTES_MOST:,}", "filter_bytes"),
    (f"… of them, the message with the map component: at most {BYTES_MOST:,}", "component_bytes"),
    (f"… of them, the data of the map component: at most {BYTES_MOST:,}", "json_bytes"),
)
_FIRST = f"first map ÷ an empty page: at most {FIRST_RATIO_MOST}"


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that one run found.

    Parameters
    ----------
    command
        What makes the page anew.
    facts
        Name and value of what the machine is.
    core, pages
        By column title: the steps of the server, and the record of each page by its key.
    contestants
        The pages in the order of the tables.
    """

    command: str
    facts: Sequence[tuple[str, str]]
    rounds: int
    core: Mapping[str, Sequence[Step]]
    pages: Mapping[str, Mapping[str, Record]]
    contestants: Sequence[Contestant]
    left_out: Sequence[Contestant]


def markdown(run: Run) -> str:
    """The page."""
    parts = [
        HEAD.format(command=run.command),
        table(["", ""], [[name, value] for name, value in run.facts]),
        "",
        *_left_out(run),
    ]
    parts += [
        "## Aims\n",
        AIMS,
        *_aims(run),
        "",
        "## In the browser\n",
        HOW.format(rounds=run.rounds, filters=2 * run.rounds),
    ]
    for title, field, text in COLUMNS:
        parts += [f"\n### {title}\n", _pages_table(run, field, text)]
    parts += ["\n### Spread: the least and the most of each page\n", _spread(run)]
    parts += [
        "\n## On the server\n",
        "Milliseconds, and in relation to the campaign.\n",
        _core_times(run),
        "",
        _core_sizes(run),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _left_out(run: Run) -> list[str]:
    return [MISSING.format(title=one.title, packages=", ".join(one.missing)) for one in run.left_out]


def _numbers(run: Run, key: str, field: str) -> list[Numbers]:
    return [Numbers.of(getattr(records[key], field)) for records in run.pages.values()]


def _pages_table(run: Run, field: str, text: str) -> str:
    ours = _numbers(run, OURS.key, field)
    rows = [row(one.title, _numbers(run, one.key, field), ours, text) for one in run.contestants]
    return table(["", *run.pages], [cells for cells in rows if any(cells[1:])])


def _aims(run: Run) -> Iterator[str]:
    first, empty = _numbers(run, OURS.key, "first_ms"), _numbers(run, EMPTY.key, "first_ms")
    change, floor = _numbers(run, OURS.key, "filter_ms"), _numbers(run, WIDGET.key, "filter_ms")
    beyond = [(one.median - low.median) / 1000 for one, low in zip(change, floor, strict=True)]
    ratios = [one.median / low.median for one, low in zip(first, empty, strict=True)]
    rows = [[_LATE, *(_verdict(f"{late:+.2f} s", late <= FLOOR_MARGIN_S) for late in beyond)]]
    for name, field in _SENT:
        sizes = [number.median for number in _numbers(run, OURS.key, field)]
        rows.append([name, *(_verdict(bytes_text(size), size <= BYTES_MOST) for size in sizes)])
    rows.append([_FIRST, *(_verdict(f"{ratio:.2f}", ratio <= FIRST_RATIO_MOST) for ratio in ratios)])
    yield table(["aim", *run.pages], rows)


def _verdict(value: str, met: bool) -> str:  # noqa: FBT001 - two arguments of one cell
    return f"{value}, {'met' if met else '**missed**'}"


def _spread(run: Run) -> str:
    rows = []
    for one in run.contestants:
        cells = []
        for first, change in zip(_numbers(run, one.key, "first_ms"), _numbers(run, one.key, "filter_ms"), strict=True):
            parts = [f"first {first.spread}", f"filter {change.spread}" if change.values else ""]
            cells.append(" · ".join(part for part in parts if part))
        rows.append([one.title, *cells])
    return table(["", *run.pages], rows)


def _core_times(run: Run) -> str:
    columns = list(run.core.values())
    rows = []
    for place, step in enumerate(columns[0]):
        taken = [steps[place].taken_ms.median for steps in columns]
        rows.append([step.name, *(f"{ms_text(one)} · ×{one / taken[0]:,.1f}" for one in taken)])
    return table(["", *run.core], rows)


def _core_sizes(run: Run) -> str:
    columns = list(run.core.values())
    rows = []
    for place, step in enumerate(columns[0]):
        if step.size_bytes is None:
            continue
        cells = []
        for steps in columns:
            size, packed = steps[place].size_bytes, steps[place].gzip_bytes
            packed_text = f", {bytes_text(packed)} compressed" if packed is not None else ""
            cells.append(f"{bytes_text(size or 0)}{packed_text} · ×{(size or 0) / step.size_bytes:,.1f}")
        rows.append([step.name, *cells])
    return table(["bytes", *run.core], rows)
