"""Talks with partners: planning them, their minutes and action points, and what was decided."""
