"""The contracts of ``contracts.yaml``: their shape (rows) and how they are inserted (insert)."""

from demo.loading.contracts.insert import load, load_elsewhere

__all__ = ["load", "load_elsewhere"]
