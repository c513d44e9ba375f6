"""How many questions it takes: measured, not proved."""
