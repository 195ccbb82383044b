"""Export the view that somebody sees, and keep views under a name."""
