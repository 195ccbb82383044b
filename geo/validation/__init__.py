"""Check the data of a campaign where they enter, and describe each problem by file, row, column, value and remedy.

Others import `codes`, `events`, `features`, `problem`, `tables`; the rest is its own.
"""
