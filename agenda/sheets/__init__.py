"""Agendas and values as a workbook: out as a template, in through a preview that is confirmed.

``columns`` and ``layouts`` say which heading is which field of the forms of the screens;
``workbook`` writes, ``entering`` and ``values`` read. What comes in goes through those forms and
the actions of the screens, so that there is no second set of rules (docs/regels/inlezen.md).
"""
