"""What the answer to a norm is when parts of it are counted. Pure: no Django models, no clock.

docs/regels/normenkader.md says the same in Dutch.
"""

from __future__ import annotations

from monitor.constants import NormAnswer


def answer_of(met: int, total: int) -> NormAnswer | None:
    """All that count meet it: yes; none does: no; else partly. None where nothing counts."""
    if total == 0:
        return None
    if met == total:
        return NormAnswer.YES
    return NormAnswer.PARTLY if met else NormAnswer.NO
