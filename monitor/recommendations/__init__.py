"""What becomes of recommendations: for everybody, and the desk of who sees to them."""
