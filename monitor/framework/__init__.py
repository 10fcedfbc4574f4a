"""The fourteen norms of the 213a framework: what is recorded says, and what somebody judged."""
