"""The loaders of the demonstration, in the order in which facts build on one another.

Each loader is ``load(data: Path) -> None``: it reads its files in the folder ``data``, checks them,
and inserts its rows in one transaction, or raises ``DataFileError`` and inserts none.
"""
