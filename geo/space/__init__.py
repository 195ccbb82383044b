"""Measure in space: datums, what is near, what lies along a corridor, works that meet, tours."""
