"""Manage accounts.

Nobody imports it: `views.pages` finds its page.
"""
