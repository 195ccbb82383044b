"""Share the databases with the tests of the store."""

from tests.postgres import postgres
from tests.store_samples import database, empty_store, store

__all__ = ["database", "empty_store", "postgres", "store"]
