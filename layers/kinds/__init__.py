"""Describe the layers of the map: zones, corridors and nodes."""
