"""Check the data of a campaign at the door, and describe each problem by file, row, column, value and remedy."""
