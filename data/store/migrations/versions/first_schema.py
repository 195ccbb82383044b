"""Make the first tables: writes, tasks, reports, photos, supervision, accounts, events."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and their indexes."""
    _writes()
    _tasks()
    _updates()
    _photos()
    _supervision()
    _people()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _seq() -> sa.Column[int]:
    return sa.Column("seq", NUMBER, autoincrement=False, nullable=False)


def _id() -> sa.Column[int]:
    return sa.Column("id", NUMBER, autoincrement=True, nullable=False)


def _instant(name: str) -> sa.Column[datetime]:
    return sa.Column(name, INSTANT, nullable=False)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _of_write(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["seq"], ["writes.seq"], name=f"fk_{table}_seq")


def _of_task(table: str) -> sa.ForeignKeyConstraint:
    own, other = ["campaign", "task"], ["task_ids.campaign", "task_ids.task"]
    return sa.ForeignKeyConstraint(own, other, name=f"fk_{table}_campaign_task")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _writes() -> None:
    op.create_table(
        "writes",
        sa.Column("seq", NUMBER, autoincrement=True, nullable=False),
        *_text("key", "kind", "campaign", "subject"),
        sa.Column("based_on", sa.BigInteger()),
        *_text("who", "unit", "role", "source"),
        _instant("at_utc"),
        *_text("fingerprint"),
        _primary("writes", "seq"),
        sa.UniqueConstraint("key", name="uq_writes_key"),
    )
    _index("writes", "campaign", "seq")


def _tasks() -> None:
    op.create_table(
        "task_ids",
        *_text("campaign", "task"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        _seq(),
        _primary("task_ids", "campaign", "task"),
        _of_write("task_ids"),
    )
    op.create_table(
        "task_versions",
        _id(),
        _seq(),
        *_text("campaign", "task"),
        _instant("known_at"),
        *_text("category", "title_zh", "title_en", "lead_unit"),
        sa.Column("supporting_units", sa.JSON(), nullable=False),
        sa.Column("planned_start", sa.Date()),
        sa.Column("due", sa.Date()),
        *_text("priority"),
        sa.Column("features", sa.JSON(), nullable=False),
        _primary("task_versions", "id"),
        _of_write("task_versions"),
        _of_task("task_versions"),
    )
    _index("task_versions", "campaign", "task", "known_at", "seq", "id")
    _index("task_versions", "campaign", "seq")


def _updates() -> None:
    op.create_table(
        "status_updates",
        _id(),
        _seq(),
        *_text("campaign", "name"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *_text("task", "feature", "status"),
        sa.Column("percent", sa.Integer(), nullable=False),
        *_text("note", "difficulty_kind", "difficulty", "suggestion", "unit"),
        _instant("known_at"),
        _instant("written_at"),
        _primary("status_updates", "id"),
        _of_write("status_updates"),
        _of_task("status_updates"),
        sa.UniqueConstraint("campaign", "name", name="uq_status_updates_campaign_name"),
    )
    _index("status_updates", "campaign", "number")
    _index("status_updates", "campaign", "task", "known_at", "seq", "id")
    _index("status_updates", "campaign", "task", "seq")


def _photos() -> None:
    op.create_table(
        "photos",
        _id(),
        _seq(),
        sa.Column("update_id", NUMBER, nullable=False),
        *_text("campaign", "task", "digest", "media_type"),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        *_text("name"),
        _primary("photos", "id"),
        _of_write("photos"),
        _of_task("photos"),
        sa.ForeignKeyConstraint(["update_id"], ["status_updates.id"], name="fk_photos_update_id"),
    )
    _index("photos", "campaign", "task")
    _index("photos", "digest")


def _supervision() -> None:
    op.create_table(
        "supervision_events",
        _seq(),
        *_text("campaign", "task"),
        _instant("known_at"),
        *_text("rung", "act", "unit", "text"),
        sa.Column("deadline", sa.Date()),
        _primary("supervision_events", "seq"),
        _of_write("supervision_events"),
        _of_task("supervision_events"),
    )
    _index("supervision_events", "campaign", "task", "seq")


def _people() -> None:
    op.create_table(
        "account_versions",
        _seq(),
        *_text("name", "display_name", "role", "unit", "password_hash"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        _primary("account_versions", "seq"),
        _of_write("account_versions"),
    )
    _index("account_versions", "name", "seq")
    op.create_table(
        "events",
        _seq(),
        *_text("kind", "subject"),
        sa.Column("detail", sa.JSON(), nullable=False),
        _primary("events", "seq"),
        _of_write("events"),
    )
    _index("events", "kind", "subject", "seq")
