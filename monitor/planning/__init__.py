"""Which investigations the college plans in a year: for everybody, and the desk."""
