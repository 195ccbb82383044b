"""Show and take the acts of supervision.

Others import `form`, `task`; the rest is its own.
"""
