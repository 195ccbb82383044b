"""Run the program: installation, checks, backup and restore, the terminal's words."""
