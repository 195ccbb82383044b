"""Set up what the program needs, as often as one likes: folders, key, database, ledger, administrator, address.

OneMapError
└── ListenError (OSError)   another program has the port, or the address is none of this machine
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from data.campaign.load import Loaded, load_campaign
from data.store.migrate import inspect_schema
from data.store.sql import SqlStore, open_store
from geo.model.errors import OneMapError
from locales import Label, Text
from services.access.accounts import first_administrator
from services.access.keys import FILE_NAME, secret_key
from services.campaign.context import LedgerState
from services.reports.photos import PHOTOS
from settings import Settings


class ListenError(OneMapError, OSError):
    """Say why the server cannot listen; `taken` where another program does."""

    def __init__(self, reason: Label, *, taken: bool) -> None:
        """Hold the reason, a whole sentence."""
        super().__init__(reason)
        self.taken = taken


def address(chosen: Settings) -> str:
    """Address to give to a browser."""
    return f"http://{f'[{chosen.host}]' if ':' in chosen.host else chosen.host}:{chosen.port}"


def server_command(chosen: Settings) -> list[str]:
    """Command that serves the pages; to be run in the repository's root.

    Raises
    ------
    ListenError
        The port is taken, or this machine has no such address.
    """
    _try_port(chosen)
    where = ["--server.address", chosen.host, "--server.port", str(chosen.port)]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *where, "--server.headless", "true"]


def _try_port(chosen: Settings) -> None:
    host, port = chosen.host, chosen.port
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise ListenError(_taken(host, port) if taken else _foreign(host, port), taken=taken) from error


def _taken(host: str, port: int) -> Label:
    return Text(
        "Port {port} on {host} is in use; stop the program that has it, or take another: PORT=8502 cli.py serve.",
        port=port,
        host=host,
    )


def _foreign(host: str, port: int) -> Label:
    return Text(
        "This machine cannot listen on HOST={host} PORT={port}; take one of its own addresses and a port above 1023.",
        host=host,
        port=port,
    )


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
