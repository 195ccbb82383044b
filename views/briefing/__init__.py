"""Offer the documents for a meeting.

Nobody imports it: `views.pages` finds its page.
"""
