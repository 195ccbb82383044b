"""Show and log incidents and drills.

Others import `form`; the rest is its own.
"""
