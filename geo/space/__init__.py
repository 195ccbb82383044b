"""Measure in space: datums, what is near, what lies along a corridor, works that meet, tours.

Others import `chainage`, `crs`, `joint`, `map_links`, `nearby`, `position`, `rank`, `tour`.
"""
