"""Keep what people write, append-only: the protocol of a store, and the SQL store behind it.

Others import `content`, `dump`, `migrate`, `protocol`, `rows`, `sql`; the rest is its own.
"""
