"""Investigations of policy, with the check on facts and the reaction of the board."""
