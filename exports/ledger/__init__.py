"""Write the ledger as a workbook.

Others import `sheets`, `workbook`.
"""
