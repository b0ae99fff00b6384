"""Home's parts: one real answer, the way back for who was here before, and three doors."""
