"""Show the map page with its legend, list, panel and timeline."""
