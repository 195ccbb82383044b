"""Start a Streamlit server of its own process for one page and one campaign, and end it again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from settings import ROOT

START_SECONDS = 60


@contextmanager
def serve(script: str, campaign: Path, var: Path | None = None) -> Iterator[str]:
    """Address of a server that shows a script, with the .streamlit/config.toml of the repository and an empty store.

    The store is in the folder `var`, or in one that goes with the server.

    Raises
    ------
    RuntimeError
        If the server ends or does not answer in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.address=127.0.0.1"]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="benchmark-var-") as made:
        process = subprocess.Popen(
            [*command, f"--server.port={port}", "--server.headless=true"],
            cwd=ROOT,
            env=os.environ | {"CAMPAIGN_DIR": str(campaign), "VAR_DIR": str(var or made), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server for {address} ended while it started")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == HTTPStatus.OK:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"no answer from {address} within {START_SECONDS} s")
