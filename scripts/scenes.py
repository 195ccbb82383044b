"""What scripts/two_replicas.py looks at, one scene after the other; each tells what it saw."""

from __future__ import annotations

import io
import re
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx2
from PIL import Image
from playwright.sync_api import Browser, Page

from data.campaign.load import Loaded
from data.store.protocol import Store
from data.store.rows import Source
from geo.model.status import Status
from scripts import loopback, visitors
from scripts.loopback import Program
from scripts.visitors import Visitor
from services.access.accounts import find_account
from services.access.policy import Role
from services.access.sessions import person_of
from services.campaign.context import campaign_now
from services.campaign.urls import VERSION, board_url
from services.reports.forms import ReportForm, Submission
from services.reports.photos import photo_url
from services.reports.reports import status_of, submit_report

SECONDS_MAX: Final = 5.0
NAME: Final = "wang"
PASSWORD: Final = "a bridge, two rivers, one map"  # noqa: S105  of this run alone
NOTE: Final = "Both lanes are paved; the kerb stones follow tomorrow."
_TOO_MUCH: Final = 13 * 1024 * 1024
_ONE_TIME: Final = re.compile(r"[a-z2-9]{5}(?:-[a-z2-9]{5}){3}")
_REQUESTS: Final = 20
_AGAIN_S: Final = 30.0


@dataclass(slots=True)
class Witness:
    """Tell at once what is done and seen; `content` while everything was as it should be."""

    content: bool = True

    def tell(self, sentence: str) -> None:
        """Print what is done."""
        print(f"\n{sentence}", flush=True)

    def saw(self, sentence: str, *, fine: bool) -> None:
        """Print what was seen, and whether that is what should be seen."""
        self.content = self.content and fine
        print(f"  {'yes' if fine else 'NO '}  {sentence}", flush=True)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that was started: `plain` is nginx over HTTP, `address` over TLS."""

    witness: Witness
    replicas: tuple[Program, Program]
    plain: str
    address: str
    trust: ssl.SSLContext
    environment: dict[str, str]
    folder: Path
    store: Store
    loaded: Loaded

    def visitor(self) -> Visitor:
        """Somebody new who comes through nginx."""
        return visitors.Visitor(self.address, self.trust)

    @property
    def now(self) -> datetime:
        """Instant at which the campaign stands."""
        return campaign_now(self.loaded.campaign, datetime.now(UTC))

    @property
    def board(self) -> str:
        """Address of today's board; a version that is not the newest is answered with the newest."""
        return board_url("any", self.now.astimezone(self.loaded.campaign.tz).date())

    def running_task(self) -> str:
        """First task that is in progress."""
        campaign = self.loaded.campaign.id
        running = (
            str(task)
            for task in self.loaded.tasks.index
            if status_of(self.store, campaign, str(task), self.now)[0] is Status.IN_PROGRESS
        )
        return next(running)


def health(scene: Scene) -> None:
    """Look at what monitors and strangers get."""
    witness, stranger = scene.witness, scene.visitor().client
    for replica in scene.replicas:
        ready = {path: httpx2.get(replica.address + path, timeout=10).status_code for path in ("/healthz", "/readyz")}
        metrics = httpx2.get(replica.address + "/metrics", timeout=10).text
        fine = set(ready.values()) == {200} and "onemap_store_up 1.0" in metrics
        witness.saw(f"{replica.name}: /healthz {ready['/healthz']}, /readyz {ready['/readyz']}, /metrics", fine=fine)
    witness.tell("nginx with TLS in front, with deploy/nginx.conf")
    moved = httpx2.get(scene.plain, timeout=10)
    witness.saw(f"plain HTTP is sent to HTTPS: {moved.status_code}", fine=moved.status_code == 301)  # noqa: PLR2004
    hidden = stranger.get("/metrics").status_code
    witness.saw(f"/metrics is not for those outside: {hidden}", fine=hidden == 404)  # noqa: PLR2004
    refused = stranger.post("/signin", content=b" " * _TOO_MUCH).status_code
    witness.saw(f"a body of 13 MB is refused by nginx: {refused}", fine=refused == 413)  # noqa: PLR2004
    closed = stranger.get(scene.board).status_code
    witness.saw(f"the board is not for those who have not signed in: {closed}", fine=closed in {401, 403})


def first_administrator(scene: Scene) -> None:
    """Look for the first administrator, and let them in."""
    witness = scene.witness
    witness.tell("The first administrator")
    made = [(replica.name, one) for replica in scene.replicas for one in replica.first_administrators]
    makers = ", ".join(name for name, _ in made)
    witness.saw(f"made once, by {makers}; accounts: {len(scene.store.accounts())}", fine=len(made) == 1)
    name, one_time = made[0][1]
    inside = scene.visitor().sign_in_first(name, one_time, PASSWORD)
    witness.saw("signs in through nginx and chooses a password", fine=inside)


def command_centre(scene: Scene) -> Visitor:
    """Make an account of the command centre, let it in, and show its session to both replicas."""
    witness = scene.witness
    witness.tell("An account of the command centre")
    code, printed = loopback.cli(scene.environment, "user", "add", NAME, "--role", str(Role.COMMAND_CENTRE))
    one_time = _ONE_TIME.search(printed)
    witness.saw(f"cli.py user add {NAME} --role {Role.COMMAND_CENTRE}: exit code {code}", fine=one_time is not None)
    visitor = scene.visitor()
    inside = one_time is not None and visitor.sign_in_first(NAME, one_time.group(), PASSWORD)
    witness.saw("signs in through nginx", fine=inside)
    answers = [visitor.directly(replica, scene.board) for replica in scene.replicas]
    codes = ", ".join(f"{one.name} {answer.status_code}" for one, answer in zip(scene.replicas, answers, strict=True))
    witness.saw(f"its session holds on both: {codes}", fine=all(answer.status_code == 200 for answer in answers))  # noqa: PLR2004
    seeded, files = len(scene.store.updates(scene.loaded.campaign.id)), len(scene.loaded.updates)
    witness.saw(f"the campaign was seeded once: {seeded} reports, {files} in its files", fine=seeded == files)
    return visitor


def report_on_a_page(scene: Scene, visitor: Visitor, browser: Browser) -> tuple[Program, Page]:
    """Type a report into a page of one replica, with a photo, and see it on a page of the other."""
    witness, task = scene.witness, scene.running_task()
    pages = visitors.pages_of_both(browser, scene.address, scene.replicas, NAME, PASSWORD)
    witness.tell(f"Two browsers come through nginx, and one of them reports on {task}")
    witness.saw(f"they are served by {' and '.join(pages)}", fine=len(pages) == len(scene.replicas))
    (submission, page), (_, other) = pages.items()
    for one in (page, other):
        visitors.open_task(one, scene.address, task)
    before = visitor.directly(scene.replicas[0], scene.board).content
    visitors.type_report(page, task, NOTE, _photo())
    begun = time.monotonic()
    other.get_by_text(NOTE).first.wait_for()
    seconds = time.monotonic() - begun
    witness.saw(f"sent on {submission}, seen on the other page after {seconds:.1f} s", fine=seconds <= SECONDS_MAX)
    witness.saw("that page was not reloaded", fine=bool(other.evaluate("window.neverReloaded")))
    _same_on_both(scene, visitor, before)
    _photo_on_both(scene, visitor, task)
    return next(replica for replica in scene.replicas if replica.name == submission), page


def report_beside(scene: Scene, visitor: Visitor) -> tuple[Program, None]:
    """Store a report by this process, and see it on both replicas; for where there is no browser."""
    task, campaign = scene.running_task(), scene.loaded.campaign
    scene.witness.tell(f"There is no Chromium that starts: a third process of the same database reports on {task}")
    before = visitor.directly(scene.replicas[0], scene.board).content
    status, seq = status_of(scene.store, campaign.id, task, scene.now)
    submit_report(
        scene.store,
        campaign,
        tasks=scene.store.tasks(campaign.id),
        person=person_of(find_account(scene.store, NAME)),
        form=ReportForm(task, status, 99, NOTE),
        submission=Submission("two replicas", seq, scene.now, Source.API),
    )
    _same_on_both(scene, visitor, before)
    return scene.replicas[0], None


def _same_on_both(scene: Scene, visitor: Visitor, before: bytes) -> None:
    versions = {one.name: visitor.directly(one, VERSION).json()["version"] for one in scene.replicas}
    boards = [visitor.directly(one, scene.board).content for one in scene.replicas]
    text = ", ".join(f"{name} {version}" for name, version in versions.items())
    scene.witness.saw(f"{VERSION}: {text}", fine=len(set(versions.values())) == 1)
    fine = boards[0] == boards[1] != before
    scene.witness.saw("the board of both is the same, and another than before", fine=fine)


def _photo_on_both(scene: Scene, visitor: Visitor, task: str) -> None:
    photos = scene.store.photos(scene.loaded.campaign.id, task)
    answers = [visitor.directly(one, photo_url(photos[-1].digest)) for one in scene.replicas] if photos else []
    fine = bool(answers) and all(answer.headers.get("content-type") == "image/jpeg" for answer in answers)
    scene.witness.saw("its photo is served by both, from the shared folder", fine=fine)


def back_up(scene: Scene) -> None:
    """Back everything up while it is served."""
    file = scene.folder / "one-map.zip"
    code, _ = loopback.cli(scene.environment, "backup", str(file))
    size_kb = file.stat().st_size // 1024 if file.exists() else 0
    scene.witness.tell("A backup while both replicas serve")
    scene.witness.saw(f"cli.py backup one-map.zip: exit code {code}, {size_kb} kB", fine=code == 0 and size_kb > 0)


def kill(scene: Scene, visitor: Visitor, serving: Program, page: Page | None) -> None:
    """Kill the replica that took the report; nginx and the other one go on, and so does an open page."""
    (other,) = (replica for replica in scene.replicas if replica is not serving)
    scene.witness.tell(f"{serving.name} is killed")
    serving.kill()
    codes = [scene.visitor().client.get("/signin").status_code for _ in range(_REQUESTS)]
    answered = codes.count(200)
    scene.witness.saw(f"{answered} of {_REQUESTS} new visitors are served", fine=answered == _REQUESTS)
    mine = visitor.client.get(scene.board).status_code
    scene.witness.saw(f"who was signed in still is: {mine}", fine=mine == 200)  # noqa: PLR2004
    if page is not None:
        seconds = visitors.seconds_until_it_works(page)
        scene.witness.saw(f"its open page works again after {seconds:.1f} s, by itself", fine=seconds <= _AGAIN_S)
    ready = httpx2.get(other.address + "/readyz", timeout=10).status_code
    scene.witness.saw(f"{serving.name}: {_nothing(serving)}; {other.name}: /readyz {ready}", fine=ready == 200)  # noqa: PLR2004


def _nothing(replica: Program) -> str:
    try:
        return f"/readyz {httpx2.get(replica.address + '/readyz', timeout=5).status_code}"
    except httpx2.ConnectError:
        return "no answer"


def _photo() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(written, "JPEG")
    return written.getvalue()
