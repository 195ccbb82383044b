"""Show the map page with its legend, list, panel and timeline.

Others import `joint`; the rest is its own.
"""
