"""Feed the wall display, and tell other systems what turned red.

Others import `wall`, `watch`, `webhook`.
"""
