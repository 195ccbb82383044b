"""Let the database itself refuse to change or delete what was written."""

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES: Final = (
    "writes",
    "task_ids",
    "task_versions",
    "status_updates",
    "photos",
    "supervision_events",
    "account_versions",
    "events",
)
REFUSAL: Final = "what was written is never changed"
_SQLITE: Final = "CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
_FUNCTION: Final = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql "
    f"AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRES: Final = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)


def upgrade() -> None:
    """Make the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                op.execute(_SQLITE.format(table=table, name=f"no_{act.lower()}", act=act, refusal=REFUSAL))
        return
    op.execute(_FUNCTION)
    for table in TABLES:
        op.execute(_POSTGRES.format(table=table))
