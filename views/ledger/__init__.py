"""Bring the ledger in from a workbook."""
