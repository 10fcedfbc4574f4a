"""What was spent, as accepted reports say it, beside the municipality's own budget."""
