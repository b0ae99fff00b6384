"""The parts of the Compare page. Begin with `comparison`."""
