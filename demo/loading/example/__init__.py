"""The invented half-year ``voorbeeld``: contracts and reports, made by the actions themselves."""

from demo.loading.example.load import load

__all__ = ["load"]
