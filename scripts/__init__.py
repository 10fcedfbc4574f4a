"""What a developer runs; nothing of the application imports it."""
