"""Show what moved since a meeting.

Nobody imports it: `views.pages` finds its page.
"""
