"""Let 4 processes with 32 threads each write to the same 4 tasks: nothing lost, nothing twice, conflicts told."""

import json
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from data.store.engine import Writer
from data.store.sql import SqlStore, open_store
from tests.support.store_processes import TASKS, THREADS, WRITES_EACH, send, started
from tests.support.store_samples import CAMPAIGN, seeded, update, write

PROCESSES = 4


@dataclass(frozen=True)
class Crowd:
    store: SqlStore
    stored: list[Any]
    conflicts: int


@pytest.fixture
def crowd(database: str, tmp_path: Path) -> Crowd:
    store = open_store(database)
    seeded(store, tmp_path / "campaign")
    processes = [started("crowd", database, str(number)) for number in range(PROCESSES)]
    for process in processes:
        send(process, "go")
    texts = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES
    found = [json.loads(line) for text in texts for line in text.splitlines()]
    stored = [tuple(one) for thread in found for one in thread["stored"]]
    return Crowd(store, stored, sum(thread["conflicts"] for thread in found))


def test_a_crowd_loses_nothing_stores_nothing_twice_and_is_told_of_conflicts(crowd: Crowd) -> None:
    updates = crowd.store.updates(CAMPAIGN).query("seq > 1")
    keys = [one[0] for one in crowd.stored]
    assert len(keys) == PROCESSES * THREADS * WRITES_EACH
    assert sorted(updates["note"]) == sorted(keys)
    assert crowd.conflicts > 0
    assert {(repeated, again) for *_, repeated, _, again in crowd.stored} == {(False, True)}
    assert [one[3] for one in crowd.stored] == [one[5] for one in crowd.stored]
    for task in TASKS:
        chain = sorted((seq, based_on) for _, own, based_on, seq, *_ in crowd.stored if own == task)
        assert all(based_on == before for (before, _), (_, based_on) in pairwise([(1, 0), *chain]))
    crowd.store.close()


def test_those_who_wait_to_write_leave_connections_to_readers(database: str, tmp_path: Path) -> None:
    store, start = open_store(database), Barrier(THREADS + 1)
    seeded(store, tmp_path / "campaign")

    def report(number: int) -> int:
        start.wait()
        return store.append_update(CAMPAIGN, update(note=str(number)), write(str(number))).seq

    with ThreadPoolExecutor(THREADS) as pool, Writer(store.engine).begin():
        stored = [pool.submit(report, number) for number in range(THREADS)]
        start.wait()
        assert not wait(stored, timeout=0.5).done
        assert store.version() == 1
    assert len({one.result() for one in stored}) == THREADS
    store.close()
