"""Time the twenty nearest of a million features, beside geopandas' own index and a naive sort by distance.

python -m benchmarks.nearby                 writes docs/benchmarks-nearby.md
python -m benchmarks.nearby --size 50000    another number of features, printed only
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.machine import facts, load_average
from benchmarks.synthetic import polylines
from benchmarks.tables import ms_text, table
from geo.model.campaign import FEATURE_CRS
from geo.space.crs import METRIC_CRS, to_metric
from geo.space.nearby import Nearby

Query = Callable[[float, float], list[int]]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks-nearby.md"
SIZE, NUMBER, SHARE = 1_000_000, 20, 0.05
EXTENT = (121.25, 31.13, 121.39, 31.26)
QUERIES, SLOW_QUERIES, SEED = 300, 5, 7
CELL = 0.0002
"""About 20 m: the size of a made-up area."""
HOW = """\
A third points, a third lines of ten vertices, a third areas, made up inside {extent}. Asked at {queries} places
({slow} for the sort), all in one run; × is in relation to `geo.space.nearby`. Every contestant has a process of its
own and must name the same features in the same order, else the run stops. `geo.space.nearby` answers with distance,
nearest point and bearing of each, the others with the features alone. All start from degrees, so the projection is part
of the build. `.venv/bin/python -m benchmarks.nearby` makes this page anew. Other programs ran beside it: see the load.
"""
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold one contestant: seconds and bytes to build, milliseconds of each query, and what each query found."""

    name: str
    build_s: float
    build_bytes: float
    queries_ms: NDArray[np.float64]
    found: list[list[int]]


def features(size: int) -> gpd.GeoDataFrame:
    """Made-up points, lines of ten vertices and areas, a third each, all inside the extent of the campaign."""
    rng = np.random.default_rng(SEED)
    third = size // 3
    points = shapely.points(rng.uniform(EXTENT[:2], EXTENT[2:], (size - 2 * third, 2)))
    corner = rng.uniform(EXTENT[:2], EXTENT[2:], (third, 2))
    areas = shapely.box(*corner.T, *(corner + CELL).T)
    return gpd.GeoDataFrame(geometry=np.concatenate([points, polylines(third, EXTENT, rng), areas]), crs=FEATURE_CRS)


def ours(frame: gpd.GeoDataFrame, mask: NDArray[np.bool_] | None = None) -> Query:
    """`geo.space.nearby`: exact, with distance, nearest point and bearing of each."""
    index = Nearby(frame)
    return lambda lon, lat: [int(one) for one in index.nearest(lon, lat, number=NUMBER, mask=mask).place]


def sindex(frame: gpd.GeoDataFrame, mask: NDArray[np.bool_] | None = None) -> Query:
    """What a user would write with `sindex`: it knows only the nearest one, so a circle is widened."""
    flat = (frame if mask is None else frame[mask]).to_crs(METRIC_CRS).geometry
    kept = np.arange(len(frame)) if mask is None else np.flatnonzero(mask)
    index = flat.sindex

    def query(lon: float, lat: float) -> list[int]:
        here = shapely.Point(*to_metric(lon, lat))
        radius, places = 50.0, np.empty(0, dtype=int)
        while len(places) < min(NUMBER, len(flat)):
            radius *= 2
            places = index.query(here, predicate="dwithin", distance=radius)
        distances = flat.iloc[places].distance(here).to_numpy()
        return [int(kept[one]) for one in places[np.lexsort((places, distances))[:NUMBER]]]

    return query


def naive(frame: gpd.GeoDataFrame, mask: NDArray[np.bool_] | None = None) -> Query:
    """Distance to everything, sorted."""
    flat = (frame if mask is None else frame[mask]).to_crs(METRIC_CRS).geometry
    kept = np.arange(len(frame)) if mask is None else np.flatnonzero(mask)

    def query(lon: float, lat: float) -> list[int]:
        distances = flat.distance(shapely.Point(*to_metric(lon, lat))).to_numpy()
        return [int(kept[one]) for one in np.argsort(distances, kind="stable")[:NUMBER]]

    return query


CONTESTANTS = {
    "`geo.space.nearby`": (ours, QUERIES),
    "geopandas `sindex`, circle widened": (sindex, QUERIES),
    "distance to all, sorted": (naive, SLOW_QUERIES),
}


def measured(name: str, frame: gpd.GeoDataFrame, mask: NDArray[np.bool_] | None) -> Measured:
    """Build one contestant and ask it at places that are the same for all."""
    build, count = CONTESTANTS[name]
    places = np.random.default_rng(SEED + 1).uniform(EXTENT[:2], EXTENT[2:], (QUERIES, 2))[:count].tolist()
    gc.collect()
    before, start = resident_bytes(), time.perf_counter()
    query = build(frame, mask)
    query(*places[0])
    build_s = time.perf_counter() - start
    gc.collect()
    held = resident_bytes() - before
    taken, found = [], []
    for place in places:
        start = time.perf_counter()
        found.append(query(*place))
        taken.append((time.perf_counter() - start) * 1000)
    return Measured(name, build_s, held, np.array(taken), found)


def resident_bytes() -> int:
    """Memory of this process that is in use (Linux)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def contest(frame: gpd.GeoDataFrame, mask: NDArray[np.bool_] | None) -> list[Measured]:
    """Measure all, each in a process of its own that starts with the features, so that memory is that of it alone."""
    results = []
    for name in CONTESTANTS:
        here, there = FORK.Pipe(duplex=False)
        child = FORK.Process(target=lambda name=name, to=there: to.send(measured(name, frame, mask)))
        child.start()
        results.append(here.recv())
        child.join()
    for one in results:
        if one.found != results[0].found[: len(one.found)]:
            raise SystemExit(f"{one.name} found other features than geo.space.nearby")
    return results


def rows(results: list[Measured]) -> list[list[str]]:
    """Return the cells of the table; × is in relation to `geo.space.nearby`."""
    own = results[0]
    lines = []
    for one in results:
        cells = [one.name, f"{one.build_s:.1f} s", f"{max(one.build_bytes, 0) / 2**20:,.0f} MB"]
        for share in (50, 95):
            value, ours_value = np.percentile(one.queries_ms, share), np.percentile(own.queries_ms, share)
            cells.append(f"{ms_text(float(value))} · ×{value / ours_value:,.1f}")
        lines.append(cells)
    return lines


def page(size: int, tables: list[list[Measured]], load: str) -> str:
    """Return the page: the command, what was compared, two tables, the machine."""
    machine = [fact for fact in facts("") if fact[0] not in {"browser", "packages"}]
    packages = ", ".join(f"{name} {version(name)}" for name in ("shapely", "geopandas", "pyproj", "numpy"))
    head = ["", "build, first answer included", "memory it adds", "query, p50", "query, p95"]
    lines = [
        f"# The {NUMBER} nearest of {size:,} features",
        "",
        HOW.format(extent=EXTENT, queries=QUERIES, slow=SLOW_QUERIES),
        "## All features",
        "",
        table(head, rows(tables[0])),
        "",
        f"## A filter that leaves {SHARE:.0%}",
        "",
        "`geo.space.nearby` keeps its one index and takes the filter with each query. The others are built anew on",
        "what the filter leaves; their queries may be faster, but every change of the filter costs them the build.",
        "",
        table(head, rows(tables[1])),
        "",
        *(f"- {name}: {value}" for name, value in [*machine, ("packages", packages), ("load", load)]),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write the page where the size is the full one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    size = parser.parse_args().size
    before = load_average()
    frame = features(size)
    mask = np.random.default_rng(SEED + 2).random(size) < SHARE
    tables = [contest(frame, None), contest(frame, mask)]
    written = page(size, tables, f"{before} before, {load_average()} after")
    print(written)
    if size == SIZE:
        PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
