"""Bring a database of any older revision to the newest: alembic runs the revisions in `versions/`."""
