"""Projects and pilots: from the five questions to a decision on what goes on."""
