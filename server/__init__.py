"""Serve what stands beside the pages: modules, assets and documents of the map."""
