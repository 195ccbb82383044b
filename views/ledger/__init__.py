"""Bring the ledger in from a workbook.

Nobody imports it: `views.pages` finds its page.
"""
