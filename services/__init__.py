"""Offer the use cases of the map: plain arguments in, plain results out."""
