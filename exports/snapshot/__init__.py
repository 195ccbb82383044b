"""Write one frozen view of the map as pictures, pages, slides, tables or geodata.

Others import `formats`, `snapshot`, `words`; the rest is its own.
"""
