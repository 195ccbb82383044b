"""Show and take the acts of supervision."""
