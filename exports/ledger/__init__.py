"""Write the ledger as a workbook."""
