"""geo/incidents."""
