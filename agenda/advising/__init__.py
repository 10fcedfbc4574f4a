"""Asking for advice on an agenda and answering it: rounds, letters, bodies, and what comes out."""
