"""Draw the parts of the page, one module a part."""
