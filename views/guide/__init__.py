"""Show the guide.

Nobody imports it: `views.pages` finds its page.
"""
