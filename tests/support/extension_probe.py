"""Say as JSON what the program makes of the additions of `tests/test_extension.py`; run in the copy that has them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from data.campaign.load import load_campaign
from geo.ledger.form import Choice, spelling
from geo.model.kinds import Kind
from geo.model.status import Status
from geo.space.crs import Datum
from layers.screen.documents import features_payload
from layers.screen.map import map_script
from layers.style import kind_swatch, style_table
from services.access.accounts import NewAccount, check
from services.access.policy import Action, Person, Role, may
from services.reports.forms import ReportForm
from services.reports.transitions import allowed_moves
from services.reports.transitions import check as lacks
from services.snapshots.snapshots import format_for
from settings import DEFAULT_CAMPAIGN, ROOT
from tests.support.fixtures_snapshot import board, campaign, snapshot
from tests.support.screens import screen_of


def kind() -> dict[str, Any]:
    """What style, legend, map, the browser's document and paper make of the canal C01."""
    loaded, style = campaign(), style_table()
    drawing, picture = format_for("svg"), format_for("png")
    payload = features_payload(loaded.features, loaded.units, loaded.context, loaded.campaign, Datum.WGS84)
    return {
        "errors": [str(problem) for problem in loaded.problems if "canal" in str(problem)],
        "read": str(loaded.features.at["C01", "kind"]),
        "classes": sorted(name for name in style["classes"] if name.startswith("canal/")),
        "label": style["labels"]["canal"],
        "swatch": kind_swatch(Kind("canal"), "light")[:4],
        "document": json.loads(payload)["kind"][3],
        "map": "geo_json_corridors" in map_script(loaded.campaign),
        "legend": b"legend:kind:canal" in drawing.write(snapshot()),
        "paper": picture.write(snapshot())[:4].hex(),
    }


def status() -> dict[str, Any]:
    """What board, moves and workbook make of the task T20, which is on hold."""
    held, loaded = Status("on_hold"), campaign()
    centre = Person("centre", "Centre", Role.COMMAND_CENTRE, "")
    choices = spelling(loaded.campaign, loaded.units, loaded.features, tasks=loaded.tasks, updates=loaded.updates)
    return {
        "errors": [str(problem) for problem in loaded.problems if "on_hold" in str(problem)],
        "light": str(board().tasks.at["T20", "light"]),
        "moves": [str(to) for to in allowed_moves(centre, (), Status.IN_PROGRESS)],
        "lacks": [one.field for one in lacks(ReportForm("T20", held, 30), Status.IN_PROGRESS)],
        "browser": style_table()["statuses"]["on_hold"],
        "cell": choices[Choice.STATUS].find("On hold"),
    }


def pages(folder: Path) -> dict[str, Any]:
    """What is seen of the new page, and of the new role on the page of the accounts."""
    with screen_of(DEFAULT_CAMPAIGN, folder) as screen:
        screen.signs_in("admin")
        seen = screen.open("weather", lang="en")
        links = screen.links()
        screen.open("people", lang="en")
        roles = [box.options for box in screen.page.selectbox if "Auditor" in box.options]
    return {"seen": "Fair." in seen, "linked": "Weather" in links, "roles": len(roles)}


def role() -> dict[str, Any]:
    """What an account of the new role may do."""
    name, found = check(NewAccount("anna", "auditor"), None)
    anna = Person(name, "Anna", found, "")
    return {"may": [str(action) for action in Action if may(anna, action)]}


def made(ending: str) -> str:
    """The beginning of a snapshot in a format."""
    return format_for(ending).write(snapshot()).decode()[:20]


if __name__ == "__main__":
    found = {
        "kind": kind(),
        "status": status(),
        "page": pages(Path(sys.argv[1])),
        "role": role(),
        "format": made("ids"),
        "campaign": load_campaign(ROOT / "data" / "campaigns" / "expo2021").campaign.id,
    }
    json.dump(found, sys.stdout)
