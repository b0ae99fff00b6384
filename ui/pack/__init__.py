"""The parts of Read next. Begin with `making`, which has the pack made; `listing` shows it."""
