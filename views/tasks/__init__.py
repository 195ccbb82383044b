"""Show the tasks: table, page of one task, history and report form."""
