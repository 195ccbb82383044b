"""What Python sends is what the browser's types say: the compiler holds real documents against frontend/wire.d.ts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from data.campaign.load import load_campaign
from exports.snapshot.formats import write_html
from geo.space.crs import Datum
from server.routes import FRONTEND_DIR
from services.campaign.context import CampaignContext
from services.campaign.urls import style_document
from services.campaign.words import words_document
from services.field.pocket import pocket_map
from services.wall.wall import wall_state
from settings import DEFAULT_CAMPAIGN, ROOT
from tests.integration.reports.test_report_route import Phones, phones
from tests.integration.server.test_live import browser, server
from tests.support.fakes import FakeStore
from tests.support.fixtures_snapshot import snapshot
from tests.support.screens import Screen, screen
from tests.support.signing_in import Browser
from views.nearby import list as nearby_list
from views.nearby import place as nearby_place
from views.nearby.place import Spot

__all__ = ["browser", "phones", "screen", "server"]

COMPILER: Final = ROOT / "node_modules" / ".bin" / "tsc"
DAY: Final = date(2020, 9, 15)
BLOCK: Final = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>')
TYPES: Final = {
    "onemap_map": "MapData",
    "onemap_list": "ListData",
    "onemap_time": "TimeData",
    "onemap_live": "LiveData",
    "onemap_locate": "LocateData",
    "onemap_nearby": "NearData",
}
PAGES: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("", {}),
    ("", {"feature": "C01", "zone": "Z1", "q": "road", "bounds": "121.2,31.1,121.4,31.2"}),
    ("changes", {"since": "2020-07-30"}),
    ("incidents", {}),
    ("task", {"id": "T01"}),
    ("corridor", {"feature": "C01"}),
)

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and COMPILER.exists()) and os.environ.get("REQUIRE_NODE") != "1",
    reason="no Node, or scripts/check has not installed what package-lock.json names",
)


def faults(tmp_path: Path, *documents: tuple[str, Any]) -> str:
    """What the compiler finds where documents, each after the name of its type, differ from the types."""
    lines = (
        f"const d{at}: Wire.{kind} = {json.dumps(document)};\nvoid d{at};\n"
        for at, (kind, document) in enumerate(documents)
    )
    source = tmp_path / "documents.ts"
    source.write_text("".join(lines), "utf-8")
    command = (COMPILER, "--noEmit", "--strict", "--ignoreConfig", "--types", "", FRONTEND_DIR / "wire.d.ts", source)
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT).stdout


@pytest.fixture(scope="module")
def context() -> CampaignContext:
    return CampaignContext(load_campaign(DEFAULT_CAMPAIGN), FakeStore())


def test_the_documents_of_the_map_have_the_types_of_the_browser(tmp_path: Path, context: CampaignContext) -> None:
    documents = (
        ("Style", style_document()),
        ("Words", words_document("zh")),
        ("Words", words_document("en")),
        *(("Features", context.features_document(datum)) for datum in Datum),
        *(("Board", context.board_document(day)) for day in (DAY, context.campaign.start, context.campaign.end)),
    )
    assert faults(tmp_path, *((kind, json.loads(text)) for kind, text in documents)) == ""


def test_the_wall_has_the_types_of_the_browser(tmp_path: Path, context: CampaignContext) -> None:
    states = [wall_state(context, lang, "", FRONTEND_DIR) for lang in ("zh", "en")]
    states.append(wall_state(context, "zh", str(states[0]["key"]), FRONTEND_DIR))
    assert faults(tmp_path, *(("WallState", state) for state in states)) == ""


def test_pages_that_are_one_file_have_the_types_of_the_browser(tmp_path: Path, context: CampaignContext) -> None:
    pages = (("Pocket", pocket_map(context, DAY, "en")), ("Standalone", write_html(snapshot("zh"))))
    blocks = ((kind, json.loads(BLOCK.findall(page.decode())[0])) for kind, page in pages)
    assert faults(tmp_path, *blocks) == ""


def components(screen: Screen) -> Iterator[tuple[str, Any]]:
    """The components of a page: type and what each is given."""
    for element in screen.page.get("bidi_component"):
        yield TYPES[element.proto.component_name], json.loads(element.proto.json)


def test_components_are_given_what_the_browser_reads(tmp_path: Path, screen: Screen) -> None:
    screen.signs_in("centre")
    given: list[tuple[str, Any]] = []
    for name, query in PAGES:
        screen.open(name, lang="en", **query)
        given += components(screen)
    assert {kind for kind, _ in given} == {"MapData", "ListData", "TimeData", "LiveData"}
    assert faults(tmp_path, *given) == ""


def test_the_list_of_what_is_near_is_given_what_the_browser_reads(tmp_path: Path, screen: Screen) -> None:
    screen.signs_in("lead")
    screen.open("nearby", lang="zh")
    given = [*components(screen)]
    screen.page.session_state[nearby_place.SPOT] = Spot(121.3045, 31.1925, accuracy_m=35, device=True)
    screen.run()
    given += components(screen)
    screen.page.session_state[nearby_list.WALKING] = ()
    screen.run()
    given += components(screen)
    assert {kind for kind, _ in given} == {"LocateData", "NearData", "MapData", "LiveData"}
    assert faults(tmp_path, *given) == ""


def test_answers_to_reports_have_the_types_of_the_browser(tmp_path: Path, phones: Phones) -> None:
    sender = phones.browser()
    answers = [
        phones.send(sender)[1],
        phones.send(sender, {"key": "f" * 32, "based_on": "1"})[1],
        phones.send(sender, {"key": "e" * 32, "status": "blocked"})[1],
        phones.send(sender, token="")[1],
    ]
    assert [answer.get("kind", "stored") for answer in answers] == ["stored", "conflict", "refused", "token"]
    assert faults(tmp_path, *(("ReportAnswer", answer) for answer in answers)) == ""


def test_an_open_page_hears_what_the_browser_reads(tmp_path: Path, browser: Browser) -> None:
    answers = [browser.live(), browser.get("/onemap/live/version?session=another").json()]
    assert answers[1]["signedOut"] is True
    assert faults(tmp_path, *(("Version", answer) for answer in answers)) == ""


@pytest.mark.parametrize(
    ("drift", "said"),
    [
        ({"areaOpacity": None}, "Type 'null' is not assignable to type 'number'"),
        ({"hatching": 1}, "'\"hatching\"' does not exist in type 'Style'"),
        ({"letters": {"r": "crimson"}}, """Type '"crimson"' is not assignable to type 'Light'"""),
    ],
)
def test_a_document_that_drifts_is_found(tmp_path: Path, drift: dict[str, Any], said: str) -> None:
    assert said in faults(tmp_path, ("Style", json.loads(style_document()) | drift))


def test_a_field_that_is_missing_is_found(tmp_path: Path) -> None:
    document = json.loads(style_document())
    del document["widthByZoom"]
    assert "Property 'widthByZoom' is missing" in faults(tmp_path, ("Style", document))
