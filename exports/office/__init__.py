"""Share what office files need: fonts, themes, reproducible archives."""
