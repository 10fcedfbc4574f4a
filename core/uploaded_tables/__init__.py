"""Tables that people hand in as Excel or csv: read as text with the place of each cell.

Three steps, each in a module of its own: ``child`` opens the file in a process of its own and tells
of every cell; ``reading`` makes rows under headings of that, and says what is wrong with its place;
``field`` is the field of a form. Nothing in a file is ever computed: a formula is refused.
"""
