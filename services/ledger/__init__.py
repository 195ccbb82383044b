"""Take the ledger out as a workbook and bring it in again, after a dry run.

Others import `plan`, `workbook`; the rest is its own.
"""
