"""Read a campaign from its folder of files."""
