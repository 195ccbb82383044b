"""Read, write and merge the cells of the ledger workbook (台账), without any file."""
