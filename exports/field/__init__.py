"""Write the sheet of a round on foot."""
