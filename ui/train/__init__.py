"""The parts of the Train page. Begin with `learned`, what a training gave."""
