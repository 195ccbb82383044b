"""Set up what the program needs, as often as one likes: folders, key, database, ledger, the first administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from data.campaign.load import Loaded, load_campaign
from data.store.migrate import inspect_schema
from data.store.sql import SqlStore, open_store
from locales import Label, Text
from services.access.accounts import first_administrator
from services.access.keys import FILE_NAME, secret_key
from services.campaign.ledger_state import LedgerState
from services.reports.photo_storage import PHOTOS
from settings import Settings


@dataclass(frozen=True, slots=True)
class Done:
    """Say what was done or was there already; `wrong` where it could not be done."""

    what: Label
    wrong: bool = False


def install(chosen: Settings, clock: Callable[[], datetime]) -> Iterator[Done]:
    """Set up what is not there yet and say so, one thing after the other.

    Raises
    ------
    SecretKeyError
        The key cannot be used or made.
    CampaignError
        campaign.toml cannot be used.
    StoreUnavailableError
        The database does not answer.
    OSError
        The folder cannot be made.
    """
    yield _folder(chosen)
    yield _key(chosen)
    loaded = load_campaign(chosen.campaign_dir)
    before = inspect_schema(chosen.database_url)
    store = open_store(chosen.database_url)
    try:
        there = Text("ready") if before.current else Text("made or brought up to date")
        yield Done(Text("database {place}: {there}", place=before.place, there=there))
        yield _ledger(loaded, store, clock)
        yield _administrator(store, clock)
    finally:
        store.close()


def _folder(chosen: Settings) -> Done:
    folder = chosen.var_dir
    there = (folder / PHOTOS).is_dir()
    (folder / PHOTOS).mkdir(parents=True, exist_ok=True)
    state = Text("there already") if there else Text("made")
    return Done(Text("folder {folder}: {state}", folder=folder, state=state))


def _key(chosen: Settings) -> Done:
    if chosen.secret_key:
        secret_key()
        return Done(Text("secret key: given by SECRET_KEY"))
    path = chosen.var_dir / FILE_NAME
    state = Text("there already") if path.is_file() else Text("made")
    secret_key()
    return Done(Text("secret key {path}: {state}", path=path, state=state))


def _ledger(loaded: Loaded, store: SqlStore, clock: Callable[[], datetime]) -> Done:
    campaign = loaded.campaign
    seeded = store.ledger_version(campaign.id) > 0
    if not seeded and LedgerState(loaded, store, clock).from_files:
        text = Text("ledger of {name}: its tables have errors, see cli.py check", name=campaign.name)
        return Done(text, wrong=True)
    count = len(store.tasks(campaign.id))
    state = Text("there already") if seeded else Text("taken from the files")
    return Done(Text("ledger of {name}: {state}, {count} tasks", name=campaign.name, state=state, count=count))


def _administrator(store: SqlStore, clock: Callable[[], datetime]) -> Done:
    first = first_administrator(store, clock())
    if first is None:
        count = len(store.accounts())
        return Done(Text("accounts: there are {count} already", count=count))
    name, password = first.account.name, first.password
    return Done(
        Text(
            "first administrator: {name}  one-time password: {password}  (sign in at /signin and choose a password)",
            name=name,
            password=password,
        )
    )
