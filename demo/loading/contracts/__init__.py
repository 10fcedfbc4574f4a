"""The contracts of ``contracts.yaml``: their shape (rows) and how they are inserted (insert)."""

from demo.loading.contracts.insert import load

__all__ = ["load"]
