"""What stands out in an edition: movers, stubborn challenges, costs. Pure, from frozen content."""

from __future__ import annotations

from dataclasses import dataclass

from agenda.story import Story
from monitor.constants import Movement, Verdict


@dataclass(frozen=True)
class StandOut:
    """``on_good`` are goals that stand on good and are called stubborn all the same."""

    improved: list[Story]
    worsened: list[Story]
    stubborn: list[Story]
    also: list[Story]
    on_good: list[Story]


def stand_out(content: Story) -> StandOut:
    goals = {goal["slug"]: goal for goal in content["goals"]}
    challenges = [
        {**row, "goals": [goals[slug] for slug in row["goals"] if slug in goals]}
        for row in content["challenges"]
    ]
    named = {goal["slug"]: goal for row in challenges for goal in row["goals"]}
    return StandOut(
        improved=[g for g in goals.values() if g["movement"] == Movement.IMPROVED.value],
        worsened=[g for g in goals.values() if g["movement"] == Movement.WORSENED.value],
        stubborn=[row for row in challenges if row["core"]],
        also=[row for row in challenges if not row["core"]],
        on_good=[g for g in named.values() if g["verdict"] == Verdict.GOOD.value],
    )


def costs(content: Story) -> list[Story]:
    """The amounts of the edition's year: what was agreed, and what was spent."""
    amounts = content["money"]["amounts"]
    rows = [
        {
            "partner": row["partner"],
            "partner_slug": row["partner_slug"],
            "what": row["contract"],
            "kind": agreed_words(row),
            "display": row["display"],
            "source": row["source"],
        }
        for row in amounts["agreed"]
    ]
    rows += [
        {
            "partner": row["partner"],
            "partner_slug": row["partner_slug"],
            "what": row["label"],
            "kind": "besteed volgens de rapportage",
            "display": row["display"],
            "source": row["source"],
        }
        for row in amounts["spent"]
        if row["year"] == content["year"]
    ]
    return rows


def agreed_words(row: Story) -> str:
    """What an agreed amount is: for one year, each year, or some years together."""
    if row["per_year"]:
        return "overeengekomen, per jaar"
    if row["first_year"] != row["last_year"]:
        return f"overeengekomen, voor {row['period']}"
    return "overeengekomen"
