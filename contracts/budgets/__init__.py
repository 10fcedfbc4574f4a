"""The municipality's own budget: its lines, its years, and what can be told from them."""
