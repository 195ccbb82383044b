"""Show the tasks: table, page of one task, history and report form.

Others import `report_form`; the rest is its own.
"""
