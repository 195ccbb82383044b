"""Draw the map on paper with matplotlib: pages, legend, labels, curves, round sheet."""
