"""Take acts of supervision, and make their notices."""
