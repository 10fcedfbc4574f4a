"""The invented example: contracts, reports and supervision, made by the actions themselves."""

from demo.loading.example.load import load

__all__ = ["load"]
