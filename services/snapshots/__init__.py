"""Export the view that somebody sees, and keep views under a name.

Others import `export_view`, `saved_views`, `snapshots`.
"""
