"""The lineage of goals over agendas as a picture, with the verdicts on them on their way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from agenda.constants import SuccessionKind
from agenda.models import AgendaVersion, Goal, GoalSuccession, Theme
from agenda.story import Story
from agenda.succession import Family, Passage
from core.charts import LineageChart
from core.charts.lineage import Column, Group, Item, Link, Mark
from monitor.constants import MonitorKind, Verdict
from monitor.models import Judgement

KIND = SuccessionKind
#: How an end that leads nowhere is marked; where the source is silent the picture draws a dash.
LOOSE = {KIND.NEW: Mark("plus", "nieuw"), KIND.DROPPED: Mark("cross", "vervallen")}
NO_VERDICT = "nog geen oordeel"
SIGNS = {
    **{f"verdict-{verdict.value}": str(verdict.label) for verdict in Verdict},
    "verdict-none": NO_VERDICT,
    **{mark.sign: mark.words for mark in LOOSE.values()},
}


@dataclass(frozen=True)
class Judged:
    """The verdict on a goal in one published edition."""

    edition: str
    code: str
    words: str

    @property
    def mark(self) -> Mark:
        return Mark(f"verdict-{self.code or 'none'}", f"{self.edition} {self.words}")


def verdicts_on(goals: Iterable[int]) -> dict[int, list[Judged]]:
    """By goal the verdicts on it in the published editions, oldest first. One query."""
    found: dict[int, list[Judged]] = defaultdict(list)
    rows = Judgement.objects.published().filter(goal__in=set(goals)).select_related("monitor")
    for row in rows.order_by("monitor__year", "-monitor__kind", "pk"):
        half = ", halfjaar" if row.monitor.kind == MonitorKind.HALF_YEAR else ""
        words = row.get_verdict_display() or NO_VERDICT
        found[row.goal_id].append(Judged(f"{row.monitor.year}{half}", row.verdict or "", words))
    return found


def lineage_picture(
    family: Family,
    passages: Sequence[Passage],
    verdicts: Mapping[int, list[Judged]],
    number: int,
) -> LineageChart:
    """The picture of the steps in ``passages``: their versions as columns, goals in order."""
    chosen = {passage.before.pk for passage in passages} | {row.after.pk for row in passages}
    versions = [version for version in family.versions if version.pk in chosen]
    ends = _Ends(family)
    shown = {goal.pk for version in versions for goal in _goals(family, version)}
    links = [
        Link(f"d{link.predecessor_id}", f"d{link.successor_id}", link.kind)
        for link in family.goal_links
        if link.predecessor_id in shown and link.successor_id in shown
    ]
    columns = [
        Column(
            version.agenda.short_name,
            f"versie {version.number} · {_counted(len(_goals(family, version)))}",
            [
                _group(family, version, theme, ends, verdicts, first=place == 0)
                for theme in family.themes[version.pk]
            ],
        )
        for place, version in enumerate(versions)
    ]
    return LineageChart(
        id=f"opvolging-{number}",
        finding=_finding(versions, family),
        description=_description(passages),
        columns=columns,
        links=links,
        group_links=[
            Link(f"t{link.predecessor_id}", f"t{link.successor_id}", link.kind)
            for link in family.theme_links
            if link.predecessor_id is not None and link.successor_id is not None
        ],
    )


def _goals(family: Family, version: AgendaVersion) -> list[Goal]:
    return [goal for theme in family.themes[version.pk] for goal in family.goals[theme.pk]]


def _counted(goals: int) -> str:
    return "één doel" if goals == 1 else f"{goals} doelen"


def _finding(versions: Sequence[AgendaVersion], family: Family) -> str:
    """Over how many agendas, and from how many goals to how many."""
    first, last = versions[0], versions[-1]
    names = (first.agenda.short_name, last.agenda.short_name)
    if first.agenda_id == last.agenda_id:
        names = (f"versie {first.number} van {names[0]}", f"versie {last.number}")
    return (
        f"Van {_counted(len(_goals(family, first)))} in {names[0]} naar "
        f"{_counted(len(_goals(family, last)))} in {names[1]}"
    )


def _description(passages: Sequence[Passage]) -> str:
    """Each step in a sentence, from the same rows as the tables."""
    return " ".join(f"{passage.label}: {tally(passage)}." for passage in passages)


def tally(passage: Passage) -> str:
    """How many goals went on in which way: 25 voortgezet, één gesplitst."""
    counts: Counter[str] = Counter()
    seen: set[tuple[str, int]] = set()
    for row in passage.goals:
        # A split is one goal that splits, a merge one goal that it is merged into.
        one = row["before"][0]["pk"] if row["before"] else row["goal"]["pk"]
        if row["kind"] == KIND.MERGED:
            one = row["goal"]["pk"]
        if (row["kind"], one) not in seen:
            seen.add((row["kind"], one))
            counts[row["label"]] += 1
    told = [f"{count} {label}" for label, count in counts.items()]
    if passage.silent_before:
        told.append(f"van {len(passage.silent_before)} zegt de bron niet hoe ze verdergingen")
    if passage.silent_after:
        told.append(f"van {len(passage.silent_after)} zegt de bron niet waar ze vandaan komen")
    if passage.unsaid:
        told.append(f"van {len(passage.unsaid)} is nog niet gezegd hoe ze verdergaan")
    return ", ".join(told) or "over doelen is niets bekend"


class _Ends:
    """What is known of each goal of a family on either side."""

    def __init__(self, family: Family) -> None:
        self.before: dict[int, list[GoalSuccession]] = defaultdict(list)
        self.after: dict[int, list[GoalSuccession]] = defaultdict(list)
        for link in family.goal_links:
            if link.predecessor_id is not None:
                self.after[link.predecessor_id].append(link)
            if link.successor_id is not None:
                self.before[link.successor_id].append(link)

    def told(self, goal: Goal) -> list[str]:
        """In words where ``goal`` came from and how it went on."""
        parts = []
        for link in self.before[goal.pk]:
            if link.predecessor is not None:
                parts.append(f"{link.get_kind_display()} uit {link.predecessor.label}")
            elif link.kind == KIND.NEW:
                parts.append("nieuw")
            else:
                parts.append("herkomst niet vermeld in de bron")
        for link in self.after[goal.pk]:
            if link.successor is not None:
                parts.append(f"{link.get_kind_display()} als {link.successor.label}")
            elif link.kind == KIND.DROPPED:
                parts.append("vervallen")
            else:
                parts.append("vervolg niet vermeld in de bron")
        return parts


def _loose(links: list[GoalSuccession], other: str) -> str:
    """The kind of the end where ``links`` lead nowhere; empty when they lead somewhere."""
    if any(getattr(link, other) is not None for link in links):
        return ""
    return links[0].kind if links else ""


def _group(
    family: Family,
    version: AgendaVersion,
    theme: Theme,
    ends: _Ends,
    verdicts: Mapping[int, list[Judged]],
    *,
    first: bool,
) -> Group:
    goals = family.goals[theme.pk]
    has_subthemes = any(other.parent_id == theme.pk for other in family.themes[version.pk])
    return Group(
        f"t{theme.pk}",
        theme.name,
        [_item(goal, version, ends, verdicts.get(goal.pk, []), first=first) for goal in goals],
        note="" if goals or has_subthemes else "geen doelen genoemd",
    )


def _item(
    goal: Goal, version: AgendaVersion, ends: _Ends, judged: list[Judged], *, first: bool
) -> Item:
    # Nothing stands before the first column: where its goals come from is no loose end there.
    before = "" if first else _loose(ends.before[goal.pk], "predecessor")
    after = _loose(ends.after[goal.pk], "successor")
    ends_told = [LOOSE[KIND(kind)] for kind in (before, after) if kind in LOOSE]
    marks = [*(row.mark for row in judged), *ends_told]
    # What the picture shows of a goal comes first, word for word: who says it to his computer, or
    # hears it, must find the same name.
    shown = " ".join([f"{goal.number}: {goal.label}", *(mark.words for mark in marks)])
    also = [words for words in ends.told(goal) if words not in {mark.words for mark in ends_told}]
    told = [f"{version}, doel {shown}", *also]
    return Item(
        key=f"d{goal.pk}",
        label=f"{goal.number}. {goal.label}",
        url=reverse("agenda_goal", args=[version.agenda.slug, goal.slug]),
        told="; ".join(told),
        marks=marks,
        before=before,
        after=after,
    )


def key_of_picture(chart: LineageChart) -> Story:
    """The kinds of line and the signs that stand in the picture, with their words."""
    items = [item for column in chart.columns for group in column.groups for item in group.items]
    drawn = {link.kind for link in chart.links}
    drawn |= {kind for item in items for kind in (item.before, item.after)}
    signs = {mark.sign for item in items for mark in item.marks}
    return {
        "kinds": [(kind.value, kind.label) for kind in KIND if kind in drawn and kind not in LOOSE],
        "signs": [(sign, words) for sign, words in SIGNS.items() if sign in signs],
    }


def with_verdicts(passage: Passage, verdicts: Mapping[int, list[Judged]]) -> Story:
    """A passage as its table shows it: with the verdicts on each goal beside its name."""
    for row in passage.goals:
        for end in [*row["before"], row["goal"]]:
            if end:
                end["verdicts"] = verdicts.get(end["pk"], [])
    return {"passage": passage, "tally": tally(passage)}
