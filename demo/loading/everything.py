"""Loading the whole demonstration at once, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.db import models, transaction

from accounts.models import Organisation
from agenda.models import Agenda, Source
from demo.loading import (
    advice,
    agendas,
    budget,
    contracts,
    contradictions,
    council,
    documents,
    entrances,
    example,
    example_agenda,
    files,
    follow_up,
    information,
    investigations,
    money,
    monitors,
    municipalities,
    municipality,
    observations,
    organisations,
    privacy,
    projects,
    reports,
    sources,
    steering,
    succession,
    surveys,
    talks,
)
from demo.loading.agendas import AgendasFile
from demo.loading.reader import read_file

DATA = Path(__file__).resolve().parent.parent / "data" / "kaag_en_braassem"
MARKER = "demonstratie-kaag-en-braassem"

# In the order in which facts build on one another; a new loader takes its place in this list.
LOADERS: list[Callable[[Path], None]] = [
    municipality.load,
    organisations.load,
    sources.load,
    agendas.load,
    advice.load,
    succession.load,
    council.load,
    observations.load,
    surveys.load,
    municipalities.load,
    contradictions.load,
    contracts.load,
    entrances.load,
    budget.load,
    reports.load,
    monitors.load,  # after all facts: publishing freezes what the others loaded
    example.load,  # invented, so after what was published
    example_agenda.load,  # invented too
    privacy.load,  # some of it about invented contracts
    money.load,  # some of it about invented contracts too
    projects.load,  # of some the contracts are invented too
    talks.load,  # about invented contracts
    steering.load,
    investigations.load,
    follow_up.load,  # about investigations, and about supervision of the invented example
    information.load,
    files.load,  # invented contracts that run now, after all that looks for the others
    contracts.load_elsewhere,  # after the organisations of projects
    documents.load,
]

CYCLE_APPS = ("agenda", "contracts", "reporting", "monitor")


class OtherData(Exception):
    """The database holds data that is not the demonstration."""


def load_everything(data: Path = DATA) -> dict[str, int] | None:
    """Load the demonstration of ``data``; the number of rows per kind, or None if it is there.

    It is there when its marker and all its agendas are: what people added since is theirs, and is
    left alone. Raises ``OtherData`` when the database holds anything else, and ``DataFileError``
    for a mistake in a file; nothing has changed then.
    """
    with transaction.atomic():
        if is_loaded(data):
            return None
        if any(model._default_manager.exists() for model in models_of_the_cycle()):
            raise OtherData
        for load in LOADERS:
            load(data)
    return {
        str(model._meta.verbose_name_plural): number
        for model in models_of_the_cycle()
        if (number := model._default_manager.count())
    }


def is_loaded(data: Path = DATA) -> bool:
    """Whether the demonstration of ``data`` is in the database."""
    if not Source.objects.filter(slug=MARKER).exists():
        return False
    wanted = {row.slug for row in read_file(data / "agendas.yaml", AgendasFile).agendas}
    return wanted <= set(Agenda.objects.values_list("slug", flat=True))


def models_of_the_cycle() -> list[type[models.Model]]:
    """Every model that holds data of the policy cycle; accounts of users are not among them."""
    return [
        Organisation,
        *(model for name in CYCLE_APPS for model in apps.get_app_config(name).get_models()),
    ]
