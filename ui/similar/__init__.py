"""The parts of Similar articles. Begin with `neighbours`."""
