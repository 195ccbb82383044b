"""Be the processes that the store's tests start, kill and let run against each other.

    python tests/support/store_processes.py kill URL TIMES    write until killed, TIMES times over
    python tests/support/store_processes.py crowd URL NUMBER  write to the same tasks with THREADS threads
    python tests/support/store_processes.py start             open and seed each database whose URL comes in

Each says "ready" when it is; what they found goes to standard output as JSON, one value a line.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data.store.sql import SqlStore, open_store
from geo.model.errors import ConflictError
from tests.support.store_samples import CAMPAIGN, PHOTO, seeded, update, write

ROOT = Path(__file__).parents[2]
KILL_WITHIN_S = 0.02
THREADS = 32
TASKS = ("T01", "T02", "T03", "T04")
WRITES_EACH = 2


def started(*arguments: str) -> "subprocess.Popen[str]":
    """Start one of these processes, and return it when it is ready."""
    process = subprocess.Popen(
        [sys.executable, __file__, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == '"ready"\n'
    return process


def send(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def tell(value: object) -> None:
    print(json.dumps(value), flush=True)  # noqa: T201  the parent reads it


def kill(url: str, times: int) -> None:
    """Fork a writer, kill it a random moment after its first acknowledged write, and tell what it acknowledged."""
    chance = random.Random(times)  # noqa: S311  no secret
    for number in range(times):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            write_until_killed(url, number, writer)
        os.close(writer)
        acknowledged = os.read(reader, 1 << 16)
        time.sleep(chance.uniform(0, KILL_WITHIN_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reader, 1 << 16):
            acknowledged += more
        os.close(reader)
        tell(acknowledged.decode().split())


def write_until_killed(url: str, number: int, pipe: int) -> None:
    store = open_store(url)
    for count in range(1_000_000):
        key = f"{number}-{count}"
        store.append_update(CAMPAIGN, update(task=TASKS[count % 4], note=key, photos=(PHOTO,)), write(key))
        os.write(pipe, f"{key}\n".encode())
    os._exit(1)


def crowd(url: str, number: str) -> None:
    """Let every thread report on every task in turn; each report is sent a second time when it is stored."""
    store = open_store(url)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as pool:
        for found in pool.map(lambda thread: write_against_others(store, f"{number}-{thread}", thread), range(THREADS)):
            tell(found)
    store.close()


def write_against_others(store: SqlStore, name: str, thread: int) -> dict[str, object]:
    """Return what was stored as key, task, based_on and seq, and how many conflicts were met."""
    stored, conflicts = [], 0
    for count in range(WRITES_EACH):
        key, task = f"{name}-{count}", TASKS[(thread + count) % len(TASKS)]
        based_on = 1
        while True:
            try:
                receipt = store.append_update(CAMPAIGN, update(task=task, note=key), write(key, based_on=based_on))
                break
            except ConflictError as conflict:
                conflicts += 1
                based_on = conflict.current
        again = store.append_update(CAMPAIGN, update(task=task, note=key), write(key, based_on=based_on))
        stored.append((key, task, based_on, receipt.seq, receipt.repeated, again.seq, again.repeated))
    return {"stored": stored, "conflicts": conflicts}


def start() -> None:
    for line in sys.stdin:
        store = open_store(line.strip())
        before = store.version()
        with tempfile.TemporaryDirectory() as folder:
            seeded(store, Path(folder))
        tell([before, store.version(), len(store.tasks(CAMPAIGN)), len(store.updates(CAMPAIGN))])
        store.close()


if __name__ == "__main__":
    tell("ready")
    if sys.argv[1] == "kill":
        kill(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1] == "crowd":
        crowd(sys.argv[2], sys.argv[3])
    else:
        start()
