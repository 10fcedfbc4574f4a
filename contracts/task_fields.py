"""The task fields of Iv3 for the social domain, by year. Pure Python; no database.

By these fields municipalities account for what they spend (BBV, Iv3). The list changes: from 2023
help at home and youth help are split, and from 2025 on the codes are numbered anew. Each field says
for which years it holds; ``last`` is None while it holds still. Names are shortened; check them
against the list of the ministry before a year is handed in (docs/regels/geld.md).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskField:
    code: str
    name: str
    first: int
    last: int | None = None

    @property
    def label(self) -> str:
        return f"{self.code} {self.name}"

    def holds_in(self, first: int, last: int) -> bool:
        """Whether the field is there in each year from ``first`` to ``last``."""
        return self.first <= first and (self.last is None or last <= self.last)

    @property
    def years(self) -> str:
        return f"{self.first} tot en met {self.last}" if self.last else f"vanaf {self.first}"


def _some(first: int, last: int | None, fields: dict[str, str]) -> list[TaskField]:
    return [TaskField(code, name, first, last) for code, name in fields.items()]


TASK_FIELDS: tuple[TaskField, ...] = tuple(
    _some(
        2017,
        None,
        {
            "5.1": "Sportbeleid en activering",
            "5.6": "Media (bibliotheek)",
            "6.1": "Samenkracht en burgerparticipatie",
            "6.3": "Inkomensregelingen",
            "6.5": "Arbeidsparticipatie",
            "7.1": "Volksgezondheid",
        },
    )
    + _some(
        2017,
        2022,
        {
            "6.2": "Wijkteams",
            "6.4": "Begeleide participatie",
            "6.71": "Maatwerkdienstverlening 18+",
            "6.72": "Maatwerkdienstverlening 18-",
            "6.81": "Geëscaleerde zorg 18+",
            "6.82": "Geëscaleerde zorg 18-",
        },
    )
    + _some(2023, None, {"6.4": "WSW en beschut werk"})
    + _some(2017, 2024, {"6.6": "Maatwerkvoorzieningen (Wmo)"})
    + _some(
        2023,
        2024,
        {
            "6.2": "Toegang en eerstelijnsvoorzieningen",
            "6.71a": "Hulp bij het huishouden (Wmo)",
            "6.71b": "Begeleiding (Wmo)",
            "6.71c": "Dagbesteding (Wmo)",
            "6.71d": "Overige maatwerkarrangementen (Wmo)",
            "6.72": "Jeugdhulp zonder verblijf",
            "6.73": "Jeugdhulp met verblijf",
            "6.74": "Jeugdhulp, ggz en crisis",
            "6.81": "Geëscaleerde zorg 18+",
            "6.82": "Geëscaleerde zorg 18-",
        },
    )
    + _some(
        2025,
        None,
        {
            "6.21": "Toegang en eerstelijnsvoorzieningen Wmo",
            "6.22": "Toegang en eerstelijnsvoorzieningen jeugd",
            "6.23": "Toegang en eerstelijnsvoorzieningen integraal",
            "6.60": "Hulpmiddelen en diensten (Wmo)",
            "6.711": "Huishoudelijke hulp (Wmo)",
            "6.712": "Begeleiding (Wmo)",
            "6.713": "Dagbesteding (Wmo)",
            "6.714": "Overige maatwerkarrangementen (Wmo)",
            "6.811": "Beschermd wonen (Wmo)",
            "6.812": "Maatschappelijke opvang en vrouwenopvang",
            "6.821": "Jeugdbescherming",
            "6.822": "Jeugdreclassering",
            "6.91": "Coördinatie en beleid Wmo",
            "6.92": "Coördinatie en beleid jeugd",
        },
    )
)
NO_LIST_BEFORE = min(field.first for field in TASK_FIELDS)


def task_field(code: str, first: int, last: int) -> TaskField | None:
    """The field ``code`` that holds in each year from ``first`` to ``last``; None without one."""
    return next((f for f in TASK_FIELDS if f.code == code and f.holds_in(first, last)), None)


def named(code: str, year: int) -> str:
    """``code`` with its name in ``year``; the code alone where that year does not know it."""
    field = task_field(code, year, year)
    return field.label if field else code
