"""Describe the map on screen: the folium map, legend, basemaps and the documents of the front-end.

Others import `documents`, `map`, `standalone`.
"""
