"""The file of a contract: what is kept beside its agreements, and the days to act before."""
