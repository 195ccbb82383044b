"""Read and write the ledger as an Excel workbook, guarded against hostile files.

Others import `ledger`, `sheets`.
"""
