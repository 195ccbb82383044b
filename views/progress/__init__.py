"""Show forecast, curve and schedule.

Nobody imports it: `views.pages` finds its page.
"""
