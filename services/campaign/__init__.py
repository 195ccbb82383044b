"""Keep one campaign open: its boards by day, documents, addresses and clock.

Others import `context`, `guide`, `ledger_state`, `urls`, `words`.
"""
