"""The forms with which a contract is written."""
