"""Log incidents and drills, and tell who is on duty.

Others import `incidents`.
"""
