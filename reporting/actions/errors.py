"""What an action on a report may refuse, in plain Dutch."""

from __future__ import annotations

from reporting.checking import Finding


class ReportError(Exception):
    """The action cannot be done now; nothing changed. The message is for the user."""


class NotReady(ReportError):
    """Something is still to be mended or explained."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(
            "De rapportage kan nog niet worden ingediend. Hieronder staat wat nog moet."
        )
