"""Hold the revisions of the database, one a file; none is changed once it was released."""
