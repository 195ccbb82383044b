"""Know who is on duty, and the state of incidents and drills.

Others import `duty`, `incidents`.
"""
