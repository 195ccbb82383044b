"""Keep what the campaign's clock showed at a write beside the real instant, which older writes do not know."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty in every row that is there: no row is ever changed."""
    op.add_column("writes", sa.Column("known_at", sa.DateTime(timezone=True)))
