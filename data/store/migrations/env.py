"""Run the revisions in the transaction that `data.store.migrate` hands over; alembic executes this file."""

from alembic import context

from data.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
