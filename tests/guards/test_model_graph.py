"""Foreign keys run down only, and protect what they point to: the import linter sees neither."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

#: Lower to higher; a foreign key points to its own app or to one before it.
FLOORS = ["core", "accounts", "agenda", "contracts", "reporting", "monitor", "demo"]
#: Django's own apps and allauth's stand under the house: everybody may point to them.
FOREIGN = -1

#: Foreign keys that do not PROTECT, each with its reason: "app.Model.field" -> why.
NOT_PROTECTED: dict[str, str] = {
    "agenda.Contribution.contributor": "what a goal contributes to is a line of that goal",
    "agenda.EditStep.version": "what can be taken back goes with the draft that it was about",
    "agenda.TableImport.version": "a file that was handed in goes with the draft it was about",
    "agenda.Reading.contradiction": "a reading is a line of its contradiction and of nothing else",
    "contracts.ReportingSection.agreement": "a section is a line of its reporting agreement",
    "contracts.Remark.amendment": "what was said about a draft goes with that draft, if it goes",
    "contracts.Remark.kpi": "a KPI that leaves a draft leaves its remarks, which tell its name",
    "contracts.Remark.reply_to": "an answer is a line of what it answers",
    "contracts.SignOff.amendment": "who agreed with a draft goes with that draft, if it goes",
    "contracts.BudgetItem.budget": "an item is a line of its budget",
    "contracts.BudgetPost.item": "a post is a line of its budget item",
}


def floor(model: type[models.Model]) -> int:
    label = model._meta.app_label
    return FLOORS.index(label) if label in FLOORS else FOREIGN


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if floor(model) >= 0]


def relations() -> Iterator[tuple[str, Any]]:
    for model in own_models():
        for field in model._meta.get_fields(include_parents=False):
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                yield f"{model._meta.label}.{field.name}", field


def test_every_own_app_has_a_floor() -> None:
    own = [
        config.label for config in apps.get_app_configs() if "/site-packages/" not in config.path
    ]
    assert set(own) == set(FLOORS)


def test_foreign_keys_run_down_only() -> None:
    found = list(relations())
    assert found, "the walk over the models finds no relation at all"
    upward = [
        f"{name} points up to {field.related_model._meta.label}"
        for name, field in found
        if floor(field.related_model) > floor(field.model)
    ]
    assert upward == []


def test_foreign_keys_protect_or_say_why_not() -> None:
    loose = {
        name
        for name, field in relations()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
        # The table behind a many-to-many is Django's own; its rows follow what they join.
        and not field.model._meta.auto_created
    }
    assert loose - NOT_PROTECTED.keys() == set(), "use PROTECT, or list it with a reason"
    assert NOT_PROTECTED.keys() - loose == set(), "listed, but it protects or is gone"
    assert all(reason.strip() for reason in NOT_PROTECTED.values())
