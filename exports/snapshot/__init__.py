"""Write one frozen view of the map as pictures, pages, slides, tables or geodata."""
