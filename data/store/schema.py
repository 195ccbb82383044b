"""Define the tables of the store with types that SQLite and PostgreSQL share.

Every row came with one row of `writes`, whose `seq` grows in the order of commits. Rows are inserted
only; triggers refuse anything else. A change here needs a revision in `data/store/migrations/versions/`.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    func,
)


class Instant(TypeDecorator[datetime]):
    """Keep an aware instant as UTC with microseconds, in the order of time on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as the database takes it: SQLite has no time zones."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)

_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up INTEGER PRIMARY KEY only


def _text(name: str) -> Column[str]:
    return Column(name, Text(), nullable=False)


def _seq(*, primary_key: bool = False) -> Column[int]:
    owner = ForeignKey("writes.seq")
    return Column("seq", _NUMBER, owner, primary_key=primary_key, autoincrement=False, nullable=False)


def _instant(name: str) -> Column[datetime]:
    return Column(name, Instant(), nullable=False)


def _of_task() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["campaign", "task"], ["task_ids.campaign", "task_ids.task"])


WRITES: Final = Table(
    "writes",
    METADATA,
    Column("seq", _NUMBER, primary_key=True),
    _text("key"),
    _text("kind"),
    _text("campaign"),
    _text("subject"),
    Column("based_on", BigInteger()),
    _text("who"),
    _text("unit"),
    _text("role"),
    _text("source"),
    _instant("at_utc"),
    Column("known_at", Instant()),
    _text("fingerprint"),
    UniqueConstraint("key"),
    Index(None, "campaign", "seq"),
)
"""Who wrote what kind of thing when; `fingerprint` tells a repeated key from one that was used again.

`at_utc` is the real instant, `known_at` what the campaign's clock showed. Up to revision 0002 `at_utc` held
the latter and there was no other; `known_at` is absent from those rows.
"""

KNOWN_AT: Final = func.coalesce(WRITES.c.known_at, WRITES.c.at_utc)
"""What the campaign's clock showed at a write of any revision."""

TASK_IDS: Final = Table(
    "task_ids",
    METADATA,
    Column("campaign", Text(), primary_key=True),
    Column("task", Text(), primary_key=True),
    Column("position", BigInteger(), nullable=False),
    _seq(),
)
"""Tasks that were ever named, in the order of `position`; what is known of each task starts here."""

TASK_VERSIONS: Final = Table(
    "task_versions",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    _seq(),
    _text("campaign"),
    _text("task"),
    _instant("known_at"),
    _text("category"),
    _text("title_zh"),
    _text("title_en"),
    _text("lead_unit"),
    Column("supporting_units", JSON(), nullable=False),
    Column("planned_start", Date()),
    Column("due", Date()),
    _text("priority"),
    Column("features", JSON(), nullable=False),
    _of_task(),
    Index(None, "campaign", "task", "known_at", "seq", "id"),
    Index(None, "campaign", "seq"),
)

STATUS_UPDATES: Final = Table(
    "status_updates",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    _seq(),
    _text("campaign"),
    _text("name"),
    Column("number", BigInteger(), nullable=False),
    _text("task"),
    _text("feature"),
    _text("status"),
    Column("percent", Integer(), nullable=False),
    _text("note"),
    _text("difficulty_kind"),
    _text("difficulty"),
    _text("suggestion"),
    _text("unit"),
    _instant("known_at"),
    _instant("written_at"),
    _of_task(),
    UniqueConstraint("campaign", "name"),
    Index(None, "campaign", "number"),
    Index(None, "campaign", "task", "known_at", "seq", "id"),
    Index(None, "campaign", "task", "seq"),
)
"""Reports; `name` is the id that people see, `number` what it counts: the next one takes the next number."""

PHOTOS: Final = Table(
    "photos",
    METADATA,
    Column("id", _NUMBER, primary_key=True),
    _seq(),
    Column("update_id", _NUMBER, ForeignKey("status_updates.id"), nullable=False),
    _text("campaign"),
    _text("task"),
    _text("digest"),
    _text("media_type"),
    Column("width_px", Integer(), nullable=False),
    Column("height_px", Integer(), nullable=False),
    Column("size_bytes", BigInteger(), nullable=False),
    _text("name"),
    _of_task(),
    Index(None, "campaign", "task"),
    Index(None, "digest"),
)

SUPERVISION_EVENTS: Final = Table(
    "supervision_events",
    METADATA,
    _seq(primary_key=True),
    _text("campaign"),
    _text("task"),
    _instant("known_at"),
    _text("rung"),
    _text("act"),
    _text("unit"),
    _text("text"),
    Column("deadline", Date()),
    _of_task(),
    Index(None, "campaign", "task", "seq"),
)

ACCOUNT_VERSIONS: Final = Table(
    "account_versions",
    METADATA,
    _seq(primary_key=True),
    _text("name"),
    _text("display_name"),
    _text("role"),
    _text("unit"),
    _text("password_hash"),
    Column("active", Boolean(), nullable=False),
    Column("must_change", Boolean(), nullable=False),
    Index(None, "name", "seq"),
)

EVENTS: Final = Table(
    "events",
    METADATA,
    _seq(primary_key=True),
    _text("kind"),
    _text("subject"),
    Column("detail", JSON(), nullable=False),
    Index(None, "kind", "subject", "seq"),
)
