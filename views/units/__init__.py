"""Show who answers for what: the matrix, and the page of one unit.

Nobody imports it: `views.pages` finds its page.
"""
