"""Make briefings, evaluations and atlases.

Others import `atlas`, `briefing`, `export`; the rest is its own.
"""
