"""Define supervision: its levels and acts, and the ladder on which each task stands.

Others import `ladder`.
"""
