"""What has to be written down before a project may start.

Pure Python; docs/regels/projecten.md says the same in Dutch. The database asks the same of a plan
that stands fast (``contracts_plan_agreed_complete``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Needed:
    """An answer that is missing; ``field`` is where it is given."""

    field: str
    text: str


#: The five questions: what, who, where and when, what to reach, what may it cost.
FIVE_QUESTIONS = (
    Needed("what", "Wat gaan we doen?"),
    Needed("who", "Wie doet het?"),
    Needed("place", "Waar gebeurt het?"),
    Needed("starts_on", "Wanneer begint het?"),
    Needed("ends_on", "Wanneer is het klaar?"),
    Needed("aim", "Wat willen we bereiken?"),
    Needed("funding", "Waaruit wordt het betaald?"),
)
NO_MONEY = Needed("incidental", "Wat mag het kosten?")
NO_END_OF_MONEY = Needed("incidental_until", "Tot en met wanneer is het eenmalige geld er?")
BEFOREHAND = (
    Needed("obligation", "Is het een inspanningsverplichting of een resultaatverplichting?"),
    Needed("effect", "Welk effect verwacht u?"),
    Needed("measuring", "Hoe meet u dat?"),
    Needed("criterion", "Wanneer is het geslaagd?"),
    Needed("evaluating", "Hoe evalueert u?"),
    Needed("decide_by", "Voor welke dag besluit u hoe het verdergaat?"),
    Needed("if_succeeds", "Wat gebeurt er als het slaagt?"),
    Needed("payer", "Wie betaalt het dan?"),
)


def missing(answers: Mapping[str, Any]) -> list[Needed]:
    """What ``answers`` (by the name of the field) leave open, in the order of the form.

    Nought euros is an answer. Money that ends has a last day.
    """
    money = (answers.get("incidental"), answers.get("structural"))
    found = [need for need in FIVE_QUESTIONS if answers.get(need.field) in (None, "")]
    if money == (None, None):
        found.append(NO_MONEY)
    elif money[0] and not answers.get("incidental_until"):
        found.append(NO_END_OF_MONEY)
    return found + [need for need in BEFOREHAND if answers.get(need.field) in (None, "")]
