"""Show and log incidents and drills."""
