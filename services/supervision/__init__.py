"""Take acts of supervision, and make their notices.

Others import `acts`, `notice`.
"""
