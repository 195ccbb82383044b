"""Take reports on tasks with their photos, and tell the history of a task.

Others import `forms`, `history`, `photos`, `reports`, `transitions`.
"""
