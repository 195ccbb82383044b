"""Copy the whole store out of a database and into another, whichever of the two kinds either is.

What is copied out is what one instant shows, while others go on writing: a read transaction of SQLite in WAL mode,
REPEATABLE READ of PostgreSQL. What is copied in replaces everything in one transaction, so that whoever looks sees all
of the old or all of the new.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Date, DateTime, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from data.store.engine import Writer, translated
from data.store.migrate import upgrade
from data.store.reads import greatest
from data.store.rows import Event, Write
from data.store.schema import EVENTS, METADATA, WRITES
from data.store.sql import SqlStore
from geo.model.errors import OneMapError

TABLES: Final = tuple(table.name for table in METADATA.sorted_tables)
"""Tables of the store, each after those that it refers to."""

_OURS: Final = frozenset({*TABLES, "alembic_version"})
_AT_ONCE: Final = 2_000

Row = list[Any]
Source = Callable[[str], tuple[Sequence[str], Iterable[Row]]]
"""Gives names of columns and rows of a table; instants and days are ISO 8601."""


class DumpError(OneMapError, ValueError):
    """Say that rows do not fit the tables that they are for."""


class OccupiedError(OneMapError, RuntimeError):
    """Say that a database that was not to be replaced holds writes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold what a store shows at one instant; `counts` are rows by table, in the order of `TABLES`."""

    connection: Connection
    revision: str
    version: int
    counts: Mapping[str, int]

    def columns(self, table: str) -> list[str]:
        """Return the columns of a table."""
        return [column.name for column in METADATA.tables[table].columns]

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table by primary key, as JSON can hold them."""
        source = METADATA.tables[table]
        query = select(source).order_by(*source.primary_key).execution_options(yield_per=_AT_ONCE)
        with translated():
            for row in self.connection.execute(query):
                yield [_plain(value) for value in row]


@contextmanager
def snapshot(store: SqlStore) -> Iterator[Snapshot]:
    """Yield what a store shows now, and keep showing it while others write.

    Raises
    ------
    StoreUnavailableError
        The database does not answer.
    """
    with translated(), store.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        version = greatest(connection, WRITES.c.seq)
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        counts = {table.name: _count(connection, table) for table in METADATA.sorted_tables}
        yield Snapshot(connection, revision, version, counts)


def load(store: SqlStore, revision: str, source: Source, write: Write, event: Event, *, replace: bool) -> None:
    """Replace everything in a store, in one transaction.

    Parameters
    ----------
    store
        Where to; whatever it holds is dropped.
    revision
        That of the tables which the rows are from; afterwards the tables are of the newest.
    source
        Asked for every table of that revision, each after those that it refers to.
    write, event
        What tells of the replacement. Its `seq` is greater than any before it in the old and in the new store, so that
        `version()` grows, as does that of each campaign, and nobody takes what they remember for what is there now.
    replace
        Whether a store may be replaced that holds writes.

    Raises
    ------
    OccupiedError
        The store holds writes and `replace` is false.
    DumpError
        The rows do not fit.
    StoreUnavailableError
        The database does not answer, or is of a newer program; nothing has changed.
    """
    with _fitting(), translated(), Writer(store.engine).begin() as connection:
        last = greatest(connection, WRITES.c.seq)
        if last and not replace:
            raise OccupiedError(f"the database holds {last} writes")
        _drop(connection)
        upgrade(connection, revision)
        _fill(connection, source)
        upgrade(connection, "head")
        _record(connection, write, event, seq=max(last, greatest(connection, WRITES.c.seq)) + 1)
        _count_on(connection)


@contextmanager
def _fitting() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, KeyError, TypeError, ValueError) as error:
        raise DumpError(f"{type(error).__name__}: {error}") from error


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _tables(connection: Connection, *, but: Iterable[str] = ()) -> MetaData:
    wanted = _OURS & set(inspect(connection).get_table_names()) - set(but)
    found = MetaData()
    found.reflect(connection, only=sorted(wanted))
    return found


def _drop(connection: Connection) -> None:
    """Drop the store's tables, whose triggers refuse to have rows deleted; tables of others stay."""
    _tables(connection).drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS refuse_change()"))


def _fill(connection: Connection, source: Source) -> None:
    for table in _tables(connection, but=["alembic_version"]).sorted_tables:
        columns, rows = source(table.name)
        types = [_typed(table.columns[name].type, connection.dialect.name) for name in columns]
        for some in _batches(rows):
            values = [
                {name: typed(value) for name, typed, value in zip(columns, types, row, strict=True)} for row in some
            ]
            connection.execute(insert(table), values)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(itertools.islice(left, _AT_ONCE)):
        yield some


def _record(connection: Connection, write: Write, event: Event, *, seq: int) -> None:
    """Insert the event, and a write for each campaign so that its own version grows too."""
    author = asdict(write.author)
    row = {"seq": seq, "key": write.key, "kind": "event", "campaign": "", "subject": event.subject, "fingerprint": ""}
    row |= {"who": author.pop("name"), "at_utc": write.now, "known_at": write.now}
    row |= author | {"source": write.author.source.value}
    campaigns = connection.execute(select(WRITES.c.campaign).where(WRITES.c.campaign != "").distinct()).scalars().all()
    grown = [
        row | {"seq": seq + number, "key": f"{write.key}:{campaign}", "campaign": campaign}
        for number, campaign in enumerate(campaigns, start=1)
    ]
    connection.execute(insert(WRITES), [row, *grown])
    detail = {"seq": seq, "kind": event.kind, "subject": event.subject, "detail": dict(event.detail)}
    connection.execute(insert(EVENTS).values(detail))


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL's sequences go on after what was filled in; SQLite takes the greatest there is by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        column = table.autoincrement_column
        last = None if column is None else connection.execute(select(func.max(column))).scalar()
        if column is not None and last:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, column.name), last)))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: object, dialect: str) -> Callable[[Any], Any]:
    if isinstance(kind, DateTime):
        return _naive if dialect == "sqlite" else _aware
    return _day if isinstance(kind, Date) else _same


def _aware(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _naive(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _same(value: object) -> object:
    return value
