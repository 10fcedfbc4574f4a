"""What the council talked about when an agenda was before it."""
