"""Offer the documents for a meeting."""
