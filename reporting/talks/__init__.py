"""Talks about reports: the agenda sheet of a talk, and which reports and decisions belong to it."""
