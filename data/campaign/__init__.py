"""Read a campaign from its folder of files.

Others import `files`, `load`, `toml_files`; the rest is its own.
"""
