"""Make one export a few times in a process of its own, and print what it took as JSON; `benchmarks.exports` asks.

``python -m benchmarks.export_once FOLDER FORMAT SIZE ROUNDS``; the format ``atlas`` is that of all corridors and nodes.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from data.campaign.load import load_campaign
from data.store.sql import open_store
from services.briefing import briefing
from services.briefing.atlas import AtlasRequest, Subject, compose_atlas
from services.campaign.context import CampaignContext
from services.snapshots.snapshots import OVERVIEW, SnapshotRequest, format_for, paper_for, preset_asked, render, take

ATLAS: Final = "atlas"
LANG: Final = "zh"
EXPORTER: Final = "benchmark"


def measure(folder: Path, form: str, size: str, rounds: int) -> dict[str, object]:
    """Seconds of each round, bytes of the file, peak of the process in MB, and what it was before the first round."""
    with tempfile.TemporaryDirectory(prefix="benchmark-var-") as var:
        context = CampaignContext(load_campaign(folder), open_store(f"sqlite:///{Path(var) / 'exports.sqlite'}"))
        context.board_at(context.now())
        before, seconds, length = peak_mb(), [], 0
        make = _atlas if form == ATLAS else _snapshot(form, size)
        for _ in range(rounds):
            begun = time.perf_counter()
            length = make(context)
            seconds.append(time.perf_counter() - begun)
    return {"seconds": seconds, "bytes": length, "peak_mb": peak_mb(), "before_mb": before}


def _snapshot(form: str, size: str) -> Callable[[CampaignContext], int]:
    paper, chosen = paper_for(size), format_for(form)

    def make(context: CampaignContext) -> int:
        asked = preset_asked(OVERVIEW, context, SnapshotRequest(LANG, paper=paper, exporter=EXPORTER))
        return len(render(take(context, context.now(), asked, context.now()), chosen))

    return make


def _atlas(context: CampaignContext) -> int:
    """Two files, of all corridors and of all nodes."""
    made = 0
    for subject in (Subject.CORRIDORS, Subject.NODES):
        document = compose_atlas(context, context.now(), AtlasRequest(LANG, subject, exporter=EXPORTER), context.now())
        made += len(briefing.render(document, briefing.format_for("pdf")))
    return made


def peak_mb() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    campaign, wanted, paper_name, number = sys.argv[1:]
    print(json.dumps(measure(Path(campaign), wanted, paper_name, int(number))))
