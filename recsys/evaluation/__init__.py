"""How good a model is: what it finds of the readings that were hidden from it."""
