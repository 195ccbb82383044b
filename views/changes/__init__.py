"""Show what moved since a meeting."""
