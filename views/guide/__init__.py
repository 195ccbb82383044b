"""Show the guide."""
