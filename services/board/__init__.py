"""Answer questions about the board: changes, progress, duty, incidents, joint action.

Others import `changes`, `joint`, `progress`.
"""
