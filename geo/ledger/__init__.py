"""Read, write and merge the cells of the ledger workbook, without any file.

Others import `cells`, `form`, `merge`, `rows`.
"""
