"""Draw the map on the slides of a presentation.

Others import `figure`, `slide`.
"""
