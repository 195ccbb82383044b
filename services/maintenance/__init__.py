"""Run the program: installation, checks, backup and restore, and what a terminal is told.

Others import `backup`, `checks`, `console`, `installation`, `operation`, `restore`, `words`.
"""
