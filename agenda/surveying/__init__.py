"""Client experience surveys: the standard questions, own questions, and what was answered."""
