"""Write a snapshot as an interactive map in one file that needs no server and no network."""

from __future__ import annotations

from exports.snapshot.snapshot import Snapshot
from exports.snapshot.words import name_of
from geo.model.kinds import KIND_LABELS
from geo.model.status import LIGHT_GLYPHS, LIGHT_LABELS, STATUS_LABELS, Light, Status
from layers.paper.figure import draw_page
from layers.screen.standalone import PageWords, standalone_page


def write_html(snapshot: Snapshot) -> bytes:
    """The page; raises as `layers.paper.figure.draw_page`."""
    drawn = draw_page(snapshot.sheet).drawn
    return standalone_page(snapshot.sheet, drawn, snapshot.campaign, _told(snapshot)).encode()


def _told(snapshot: Snapshot) -> PageWords:
    lang, tasks, features = snapshot.lang, snapshot.board.tasks, snapshot.features
    lines = {
        str(key): (
            f"{LIGHT_GLYPHS[Light(light)]} {key} {name_of(tasks, key, 'title', lang)}: "
            f"{STATUS_LABELS[Status(status)].get(lang)} {percent} %"
        )
        for key, light, status, percent in zip(
            tasks.index, tasks["light"], tasks["status"], tasks["percent"], strict=True
        )
    }
    rows = list(zip(features.index, features["kind"], features["light"], features["tasks"], strict=True))
    return PageWords(
        about={
            str(key): f"{KIND_LABELS[kind].get(lang)} · {LIGHT_LABELS[Light(light)].get(lang)}"
            for key, kind, light, _ in rows
        },
        tasks={str(key): [lines[task] for task in linked] for key, _, _, linked in rows},
    )
