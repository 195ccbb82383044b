"""Show what is near, and what lies along a corridor.

Others import `along`; the rest is its own.
"""
