"""Keep one campaign open: its boards by day, documents, addresses and clock.

Others import `context`, `guide`, `urls`, `words`.
"""
