"""What CONTRIBUTING.md says is true: one place per change, counted on made-up additions to a copy of the repository."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from settings import ROOT

CATALOGUE = "locales/zh_CN/LC_MESSAGES/onemap.po"
CIIE = "data/campaigns/ciie2020"
WEATHER = '''"""Show the weather."""

from typing import Final

import streamlit as st

from locales import Text
from views.shared.context import PageContext
from views.shared.page_setup import Page

PAGE: Final = Page("weather", "Weather", place=85, link=Text("Weather"))


def show(_context: PageContext) -> None:
    """Draw it."""
    st.html("<p>Fair.</p>")
'''
IDS = '''"""Write the ids of what is seen."""

from exports.snapshot.snapshot import Snapshot


def write_ids(snapshot: Snapshot) -> bytes:
    """The ids, one a line."""
    return "\\n".join(map(str, snapshot.board.features.index)).encode()
'''


def put(copy: Path, file: str, before: str, added: str) -> None:
    """Write a line before the first one that begins like this."""
    path = copy / file
    text, found = re.subn(
        rf"^(?=\s*{re.escape(before)})", lambda _: added, path.read_text("utf-8"), count=1, flags=re.MULTILINE
    )
    assert found, f"{file} has no line that begins with {before!r}"
    path.write_text(text, "utf-8")


def say(copy: Path, english: str, chinese: str) -> None:
    """Put a text into the catalogue."""
    with (copy / CATALOGUE).open("a", encoding="utf-8") as file:
        file.write(f'\nmsgid "{english}"\nmsgstr "{chinese}"\n')


def a_kind(copy: Path) -> None:
    canal = 'CANAL = "canal", Layer.CORRIDORS, Text("Canal"), Drawing(_RIVER, 14, 28)'
    put(copy, "geo/model/kinds.py", "WALKWAY = ", f"    {canal}\n")
    say(copy, "Canal", "运河")
    roads = copy / CIIE / "corridors.geojson"
    roads.write_text(roads.read_text("utf-8").replace('"kind": "urban_road"', '"kind": "canal"', 1), "utf-8")


def a_status(copy: Path) -> None:
    file = "geo/model/status.py"
    held = 'ON_HOLD = "on_hold", Text("On hold"), StatusRule(Light.YELLOW, _OPEN)'
    put(copy, file, "ACCEPTED = ", f"    {held}\n")
    say(copy, "On hold", "暂缓")
    put(copy, file, "(Status.BLOCKED, Status.NOT_STARTED)", "        (Status.IN_PROGRESS, Status.ON_HOLD): _REPORT,\n")
    with (copy / CIIE / "updates.csv").open("a", encoding="utf-8") as updates:
        updates.write("U0999,T20,,on_hold,30,,,,,transport,2020-09-15T20:00:00+08:00\n")


def a_page(copy: Path) -> None:
    (copy / "views" / "units" / "weather_page.py").write_text(WEATHER, "utf-8")
    say(copy, "Weather", "天气")


def a_role(copy: Path) -> None:
    rights = "MappingProxyType({**_LOOK, Action.SUPERVISE: Scope.ANY})"
    put(
        copy,
        "services/access/policy.py",
        "ADMINISTRATOR = ",
        f'    AUDITOR = "auditor", Text("Auditor"), {rights}\n',
    )
    say(copy, "Auditor", "督查员")


def a_format(copy: Path) -> None:
    (copy / "exports" / "snapshot" / "ids.py").write_text(IDS, "utf-8")
    file = "exports/snapshot/formats.py"
    put(copy, file, "from exports.snapshot.", "from exports.snapshot.ids import write_ids\n")
    put(copy, file, 'Format("csv"', '    Format("ids", Text("Ids"), "text/plain", write_ids),\n')
    say(copy, "Ids", "编号")


def a_campaign(copy: Path) -> None:
    folder = shutil.copytree(copy / CIIE, copy / "data" / "campaigns" / "expo2021")
    text = (folder / "campaign.toml").read_text("utf-8")
    (folder / "campaign.toml").write_text(text.replace('id = "ciie2020"', 'id = "expo2021"', 1), "utf-8")


ADDITIONS: dict[str, tuple[Callable[[Path], None], int]] = {
    "a campaign": (a_campaign, 0),
    "a kind of layer": (a_kind, 1),
    "a status": (a_status, 1),
    "a page": (a_page, 1),
    "a role": (a_role, 1),
    "a format of a snapshot": (a_format, 2),
}
"""What is added, as CONTRIBUTING.md calls it, and how many Python files that takes."""


def python_files(copy: Path) -> dict[str, str]:
    """The checksum of every Python file of a copy."""
    return {str(path.relative_to(copy)): sha256(path.read_bytes()).hexdigest() for path in copy.rglob("*.py")}


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, set[str]], Path]:
    """Which Python files each addition changed in a copy of the repository, and the copy, which has all of them."""
    copy, changed = tmp_path_factory.mktemp("copy"), {}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("docs/screenshots", "benchmarks")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    for name, (add, _) in ADDITIONS.items():
        before = python_files(copy)
        add(copy)
        after = python_files(copy)
        changed[name] = {file for file in after if after[file] != before.get(file)}
    return changed, copy


@pytest.fixture(scope="module")
def said(extended: tuple[dict[str, set[str]], Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program of the copy says of the additions."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.support.extension_probe",
        str(tmp_path_factory.mktemp("var")),
    ]
    ran = subprocess.run(command, cwd=extended[1], capture_output=True, check=False, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr[-4000:]
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


@pytest.mark.parametrize("name", ADDITIONS)
def test_an_addition_takes_as_many_python_files_as_promised(
    extended: tuple[dict[str, set[str]], Path], name: str
) -> None:
    assert len(extended[0][name]) == ADDITIONS[name][1], extended[0][name]


@pytest.mark.parametrize("name", ADDITIONS)
def test_contributing_names_the_places_of_an_addition(extended: tuple[dict[str, set[str]], Path], name: str) -> None:
    rows = (line for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines() if line.startswith("| "))
    (row,) = (row for row in rows if row.startswith(f"| {name} |"))
    places = re.findall(r"`([\w/.]+)`", row)
    assert all(any(file.startswith(place) for place in places) for file in extended[0][name]), row


def test_a_new_kind_is_read_and_drawn_on_screen_and_paper(said: dict[str, Any]) -> None:
    kind = said["kind"]
    assert (kind["errors"], kind["read"], kind["document"], kind["swatch"]) == ([], "canal", "canal", "<svg")
    assert len(kind["classes"]) == 10
    assert kind["label"] == {"zoom": 14, "rank": 28}
    assert (kind["map"], kind["legend"], kind["paper"]) == (True, True, "89504e47")


def test_a_new_status_is_read_and_reported_and_has_its_light(said: dict[str, Any]) -> None:
    status = said["status"]
    assert (status["errors"], status["light"], status["lacks"]) == ([], "yellow", [])
    assert "on_hold" in status["moves"]
    assert (status["cell"], status["browser"]) == ("on_hold", {"blocked": False, "finished": False})


def test_a_new_page_is_routed_and_linked(said: dict[str, Any]) -> None:
    assert said["page"]["seen"]
    assert said["page"]["linked"]


def test_a_new_role_can_be_given_and_has_its_rights(said: dict[str, Any]) -> None:
    assert said["role"]["may"] == ["view", "export_ledger", "supervise"]
    assert said["page"]["roles"] > 0


def test_a_new_format_writes_a_snapshot(said: dict[str, Any]) -> None:
    assert said["format"].startswith("Z1\nZ2\nZ3\nC01")


def test_a_new_campaign_opens(said: dict[str, Any]) -> None:
    assert said["campaign"] == "expo2021"
