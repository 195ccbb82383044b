"""Draw the map on paper with matplotlib: pages, legend, labels, curves, round sheet.

Others import `canvas`, `curve`, `features`, `figure`, `font`, `frame`, `legend`, `map`, `page`, `round`; the rest is
its own.
"""
