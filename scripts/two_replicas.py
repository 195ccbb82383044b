"""Show that two replicas behind nginx are one system; started by deploy/two_replicas, which says what it needs."""

from __future__ import annotations

import secrets
import signal
import ssl
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from contextlib import AbstractContextManager

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import create_engine, text

from data.campaign.load import load_campaign
from data.store.sql import open_store
from scripts import loopback, scenes, visitors
from scripts.loopback import Ports, Program
from scripts.scenes import Scene, Witness
from scripts.visitors import Visitor
from settings import DEFAULT_CAMPAIGN
from tests.support.postgres import postgres_server


def main() -> int:
    """Start everything, look, end everything; 0 if all was seen."""
    witness = Witness()
    with ExitStack() as stack:
        scene = _start(stack, witness)
        scenes.health(scene)
        scenes.first_administrator(scene)
        visitor = scenes.command_centre(scene)
        browser = stack.enter_context(visitors.chromium())
        try:
            _report_back_up_kill(scene, visitor, browser)
        except PlaywrightError as error:
            witness.saw(f"a page did not do what it should: {error.message.splitlines()[0]}", fine=False)
    witness.tell("Everything that was started is ended, and its folder removed.")
    witness.tell("All was seen." if witness.content else "Not everything was seen: look for NO above.")
    return 0 if witness.content else 1


def _report_back_up_kill(scene: Scene, visitor: Visitor, browser: Browser | None) -> None:
    if browser is None:
        serving, page = scenes.report_beside(scene, visitor)
    else:
        serving, page = scenes.report_on_a_page(scene, visitor, browser)
    scenes.back_up(scene)
    scenes.kill(scene, visitor, serving, page)


def _database(stack: ExitStack) -> str:
    try:
        server = stack.enter_context(postgres_server())
    except (ImportError, OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        sys.stderr.write(
            f"deploy/two_replicas: PostgreSQL does not start: {error}\n无法启动 PostgreSQL，原因见上一行。\n"
        )
        raise SystemExit(loopback.MISSING) from error
    return stack.enter_context(server.database(template="template0"))


def _start(stack: ExitStack, witness: Witness) -> Scene:
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="one-map-")))
    nginx, openssl = (loopback.find_program(name, folder) for name in ("nginx", "openssl"))
    database = _database(stack)
    witness.tell(f"PostgreSQL {_version(database)} with an empty database; two replicas started at the same moment")
    ports, secret = loopback.free_ports(), secrets.token_hex(32)
    replicas = (
        stack.enter_context(_replica("replica A", ports.first, database, secret, folder)),
        stack.enter_context(_replica("replica B", ports.second, database, secret, folder)),
    )
    for replica in replicas:
        replica.answers("/healthz", within_s=loopback.START_S)
    address = _start_nginx(stack, ports, folder, nginx, openssl)
    store = open_store(database)
    stack.callback(store.close)
    return Scene(
        witness,
        replicas,
        plain=f"http://{loopback.LOOPBACK}:{ports.http}",
        address=address,
        trust=ssl.create_default_context(cafile=str(folder / "fullchain.pem")),
        environment=loopback.replica_environment(database, secret, folder / "replica-A"),
        folder=folder,
        store=store,
        loaded=load_campaign(DEFAULT_CAMPAIGN),
    )


def _version(database: str) -> str:
    engine = create_engine(database)
    with engine.connect() as connection:
        version = str(connection.execute(text("SHOW server_version")).scalar())
    engine.dispose()
    return version.partition(" ")[0]


def _replica(name: str, port: int, database: str, secret: str, folder: Path) -> AbstractContextManager[Program]:
    """Start a replica with a folder of its own in which the photos are those of all, as a mounted folder is."""
    var, shared = folder / name.replace(" ", "-"), folder / "photos"
    shared.mkdir(exist_ok=True)
    var.mkdir()
    (var / "photos").symlink_to(shared, target_is_directory=True)
    environment = loopback.replica_environment(database, secret, var)
    address = f"http://{loopback.LOOPBACK}:{port}"
    return loopback.started(name, loopback.replica_command(port), address, folder, environment)


def _start_nginx(stack: ExitStack, ports: Ports, folder: Path, nginx: str, openssl: str) -> str:
    main = loopback.nginx_files(ports, folder, openssl)
    command = [nginx, "-c", str(main), "-p", str(folder), "-e", str(folder / "error.log")]
    plain = f"http://{loopback.LOOPBACK}:{ports.http}"
    program = stack.enter_context(loopback.started("nginx", command, plain, folder))
    program.answers("/", within_s=10)
    return f"https://{loopback.LOOPBACK}:{ports.https}"


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was started is ended
    sys.exit(main())
