"""Show and log incidents and drills.

Others import `card`, `form`; the rest is its own.
"""
