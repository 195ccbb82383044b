"""Show and take the acts of supervision.

Others import `form`; the rest is its own.
"""
