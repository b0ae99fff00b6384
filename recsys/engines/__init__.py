"""The engines: one file each, one signature."""
