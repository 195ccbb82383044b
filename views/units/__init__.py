"""Show who answers for what: the matrix, and the page of one unit."""
