"""Keep what people write, append-only: the protocol of a store, and the SQL store behind it."""
