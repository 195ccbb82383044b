"""Look for what would keep the program from working, change nothing, and say how each thing is mended."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from data.atomic_write import PART
from data.campaign.load import load_campaign
from data.store.migrate import SchemaInspection, inspect_schema
from data.store.sql import open_store
from geo.model.errors import StoreUnavailableError
from geo.validation.problem import CampaignError, Problem
from locales import NOTHING, Label, Text, same
from services.access.keys import CHARACTERS_MIN, FILE_NAME
from services.access.policy import Role
from services.reports.photos import PHOTOS
from settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing: where it was looked for, what was found, how it is mended, and how bad it is."""

    area: Label
    what: Label
    remedy: Label = NOTHING
    severity: Literal["fine", "warning", "error"] = "fine"


def fine(area: Label, what: Label) -> Finding:
    """Say that something is as it should be."""
    return Finding(area, what)


def wrong(area: Label, what: Label, remedy: Label) -> Finding:
    """Say what is wrong and how it is mended."""
    return Finding(area, what, remedy, "error")


_DATABASE: Final = Text("database")
_ACCOUNTS: Final = Text("accounts")
_INIT: Final = Text("Run cli.py init, or check DATABASE_URL.")
_AWAY: Final = Text(
    "Start the database; check address, user and password in DATABASE_URL, or who may read and write the file."
)
_NEWER: Final = Text("Bring this program up to date.")
_OLDER: Final = Text("The next start, or cli.py init, brings it up to date.")
_RESTORE: Final = Text("Restore a backup: cli.py restore FILE.")


def check_database(chosen: Settings) -> Iterator[Finding]:
    """Find out whether the database answers, is of the right revision and sound, and has its photos and people."""
    try:
        seen = inspect_schema(chosen.database_url)
    except StoreUnavailableError as error:
        what = Text("it does not answer ({detail})", detail=error.detail)
        yield wrong(_DATABASE, what, _AWAY)
        return
    yield from _state(seen)
    if seen.current and not seen.faults:
        yield from _photos(seen, chosen.var_dir / PHOTOS)
        yield from _people(chosen.database_url)


def _state(seen: SchemaInspection) -> Iterator[Finding]:
    if not seen.found or not seen.revision:
        yield wrong(_DATABASE, Text("{place} is not set up", place=seen.place), _INIT)
        return
    for fault in seen.faults:
        yield wrong(_DATABASE, Text("{place} is damaged: {fault}", place=seen.place, fault=fault), _RESTORE)
    if not seen.current:
        what = Text("it has revision {revision}, this program {newest}", revision=seen.revision, newest=seen.newest)
        yield wrong(_DATABASE, what, _NEWER if seen.revision > seen.newest else _OLDER)
    elif not seen.faults:
        told = f"{seen.place}, {seen.revision}, {seen.version:,}"
        yield fine(_DATABASE, Text("address, revision, writes: {told}", told=told))


def _photos(seen: SchemaInspection, folder: Path) -> Iterator[Finding]:
    there = {path.stem for path in folder.rglob("*.jpg")}
    missing = sorted(seen.digests - there)
    for digest in missing:
        what = Text("the file of photo {digest} is missing", digest=digest)
        yield wrong(_PHOTOS, what, Text("Copy it from a backup, or check VAR_DIR."))
    if not missing:
        count = f"{len(seen.digests):,}"
        yield fine(_PHOTOS, Text("{count}, and all files are there", count=count))


def _people(url: str) -> Iterator[Finding]:
    store = open_store(url)
    try:
        accounts = store.accounts()
    finally:
        store.close()
    if any(one.active and one.role == Role.ADMINISTRATOR for one in accounts):
        yield fine(_ACCOUNTS, Text("{count}", count=len(accounts)))
        return
    remedy = Text("Run cli.py user add NAME --role administrator.")
    yield wrong(_ACCOUNTS, Text("no administrator is active"), remedy)


FREE_MIN_MB: Final = 200
PART_AGE_S: Final = 3600
"""How old an unfinished file is before nobody writes it any more."""
LEAFLET_FILES: Final = ("leaflet.js", "leaflet.css")

_CAMPAIGN: Final = Text("campaign files")
_ASSETS: Final = Text("browser assets")
_FONTS: Final = Text("fonts")
_FOLDER: Final = Text("folder of what is written")
_KEY: Final = Text("secret key")
_PHOTOS: Final = Text("photos")


def check_all(chosen: Settings) -> Iterator[Finding]:
    """Yield what was found, area by area: at least one finding each."""
    yield from check_campaign(chosen)
    yield from check_assets()
    yield fine(_FONTS, Text("the server needs none; browsers bring theirs"))
    yield from check_folder(chosen.var_dir)
    yield from check_key(chosen)
    yield from check_database(chosen)
    yield from check_parts(chosen.var_dir / PHOTOS)


def check_campaign(chosen: Settings) -> Iterator[Finding]:
    """Find what is wrong with the campaign's files."""
    try:
        loaded = load_campaign(chosen.campaign_dir)
    except CampaignError as error:
        yield _of_problem(error.problem)
        return
    for one in loaded.problems:
        yield _of_problem(one)
    counts = f"{len(loaded.features)} / {len(loaded.tasks)}"
    name = loaded.campaign.name
    yield fine(_CAMPAIGN, Text("{name}: features/tasks {counts}", name=name, counts=counts))


def _of_problem(problem: Problem) -> Finding:
    what = Text("{place}: {message}", place=problem.place_text, message=problem.message_text)
    return Finding(_CAMPAIGN, what, problem.remedy_text, severity=problem.severity)


def check_assets() -> Iterator[Finding]:
    """Find out whether what browsers load is installed."""
    remedy = Text("Install it anew: pip install -r requirements.txt")
    try:
        from xstatic.pkg import leaflet  # noqa: PLC0415  it may be what is missing

        found = version("XStatic-Leaflet")
    except (ImportError, PackageNotFoundError) as error:
        yield wrong(_ASSETS, Text("no XStatic-Leaflet ({error})", error=error), remedy)
        return
    missing = [name for name in LEAFLET_FILES if not (Path(leaflet.BASE_DIR) / name).is_file()]
    if missing:
        names = ", ".join(missing)
        yield wrong(_ASSETS, Text("XStatic-Leaflet lacks {names}", names=names), remedy)
    else:
        yield fine(_ASSETS, Text("Leaflet {found}", found=found))


def check_folder(folder: Path) -> Iterator[Finding]:
    """Find out whether the folder takes what the program writes, and how much more."""
    if not folder.is_dir():
        remedy = Text("Run cli.py init, or check VAR_DIR.")
        yield wrong(_FOLDER, Text("{folder} is not there", folder=folder), remedy)
        return
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        remedy = Text("Let the user that runs the server write there (chown or chmod).")
        yield wrong(_FOLDER, Text("{folder} cannot be written ({error})", folder=folder, error=error), remedy)
        return
    free = shutil.disk_usage(folder).free // 1_000_000
    told = Text("{folder}, {free:,} MB free", folder=folder, free=free)
    few = Text("Free space on that disk, {free_min_mb} MB at least.", free_min_mb=FREE_MIN_MB)
    yield fine(_FOLDER, told) if free >= FREE_MIN_MB else wrong(_FOLDER, told, few)


def check_key(chosen: Settings) -> Iterator[Finding]:
    """Find out whether the key that signs sessions is there, long enough and nobody else's."""
    path = chosen.var_dir / FILE_NAME
    if chosen.secret_key:
        yield from _length(chosen.secret_key, "SECRET_KEY")
    elif not path.is_file():
        remedy = Text("The first start or cli.py init makes it.")
        yield wrong(_KEY, Text("there is no {path}", path=path), remedy)
    elif os.name != "nt" and path.stat().st_mode & 0o077:
        mode = oct(path.stat().st_mode & 0o777)
        what = Text("{path} has mode {mode}, so others may read it", path=path, mode=mode)
        yield wrong(_KEY, what, Text("Run chmod 600 {path}", path=path))
    else:
        try:
            yield from _length(path.read_text("ascii").strip(), str(path))
        except (OSError, UnicodeDecodeError) as error:
            remedy = Text("Remove it and run cli.py init; all sign in anew.")
            yield wrong(_KEY, Text("{path} cannot be read ({error})", path=path, error=error), remedy)


def _length(key: str, where: str) -> Iterator[Finding]:
    if len(key) >= CHARACTERS_MIN:
        yield fine(_KEY, same(where))
        return
    what = Text("{where} has only {length} characters", where=where, length=len(key))
    command = "python -c 'import secrets; print(secrets.token_hex(32))'"
    remedy = Text(
        "It needs {characters_min}; one is made by: {command}", characters_min=CHARACTERS_MIN, command=command
    )
    yield wrong(_KEY, what, remedy)


def check_parts(folder: Path) -> Iterator[Finding]:
    """Find photos that were never written to their end."""
    limit = time.time() - PART_AGE_S
    old = [path for path in folder.rglob(f"*{PART}") if path.stat().st_mtime < limit] if folder.is_dir() else []
    for path in old:
        what = Text("{path} was never written to its end", path=path)
        yield wrong(_PHOTOS, what, Text("Remove it; no report refers to it."))
    if not old:
        yield fine(_PHOTOS, Text("no unfinished files"))
