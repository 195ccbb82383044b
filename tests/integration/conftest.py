"""Share the databases with the tests of the store."""

from tests.support.postgres import postgres
from tests.support.store_samples import database, empty_store, store

__all__ = ["database", "empty_store", "postgres", "store"]
