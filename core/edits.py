"""Two people edit the same row: the second one sees both texts and loses nothing (DESIGN, rule 14).

A row that people edit is ``Revised``: it counts its revisions. Its form carries the revision that
the page was opened with, and writes only if that is still the newest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict

from core.forms import keep_sane
from core.refusals import refusal

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

LONGEST_TEXT = 10_000  # characters in one text that has no shorter limit of its own
TOO_LONG = (
    "Deze tekst heeft %(show_value)d tekens; er passen er %(limit_value)d. Kort hem in. Uw tekst "
    "blijft staan."
)
MEANWHILE = (
    "Iemand anders bewaarde dit terwijl u bezig was. Van u is nog niets bewaard. Vergelijk "
    "hieronder beide teksten en bewaar opnieuw."
)


class Revised(models.Model):
    """A row that counts how often it was written."""

    revision = models.PositiveIntegerField("bewerking", default=1, editable=False)

    class Meta:
        abstract = True


DASHES = BLANK_CHOICE_DASH[0][1]


def name_nothing(field: forms.Field) -> None:
    """Say in words that nothing was chosen where Django writes dashes; words of its own stay."""
    words = "kies" if field.required else "niet gekozen"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        offered = list(cast("Any", field.choices))
        if BLANK_CHOICE_DASH[0] in offered:
            rest = [choice for choice in offered if choice != BLANK_CHOICE_DASH[0]]
            field.choices = [("", words), *rest]


class RevisedForm(ModelForm):
    """A form over a ``Revised`` row. Call ``save_if_current`` instead of ``save``.

    What is typed in it holds no numbers of people; ``no_prose`` names the fields that are no text.
    """

    no_prose: frozenset[str] = frozenset()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        for field in self.fields.values():
            name_nothing(field)
            if isinstance(field, forms.CharField) and field.max_length is None:
                # No maxlength in the page: a browser that cuts off would lose what was pasted.
                field.validators.append(MaxLengthValidator(LONGEST_TEXT, TOO_LONG))
        keep_sane(self, no_prose=self.no_prose)

    def save_if_current(self) -> bool:
        """Write the valid form. False, with both texts on the form, when another wrote meanwhile.

        A new row is simply added. A second click, which says what stands there, is no conflict. Two
        queries, and those of many-to-many fields; one transaction.
        """
        if self.instance.pk is None:
            self.save()
            return True
        with transaction.atomic():
            if self._write():
                self._save_m2m()  # type: ignore[attr-defined] # Django's own, not in its stubs
                return True
        held = self._meta.model._base_manager.get(pk=self.instance.pk)
        if not self._differences(self.over(held)):
            return True  # a second click: what stands there is what was typed here
        self._show_both(held)
        return False

    def also_written(self) -> dict[str, Any]:
        """Columns that go along with the fields of a row that is there: who wrote it, say."""
        return {}

    def _write(self) -> bool:
        columns = {
            field.name: getattr(self.instance, field.name)
            for field in self._meta.model._meta.concrete_fields
            if field.name in self.fields and field.name != "revision"
        } | self.also_written()
        changed = self._meta.model._base_manager.filter(
            pk=self.instance.pk, revision=self.cleaned_data.get("revision")
        ).update(revision=F("revision") + 1, **columns)
        return bool(changed == 1)

    def says_what(self, row: models.Model) -> bool:
        """Whether ``row`` says, in every field of this valid form, just what was typed here: then a
        second click typed it."""
        names = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        return all(getattr(row, name) == self.cleaned_data[name] for name in names)

    def over(self, instance: models.Model) -> RevisedForm:
        """The same form over ``instance``; a form that takes more arguments passes them here."""
        return type(self)(instance=instance)

    def _differences(self, theirs: RevisedForm) -> dict[str, Any]:
        """The fields that say something else here than in ``theirs``, with what they say there."""
        found = {}
        for name, field in self.fields.items():
            if field.widget.is_hidden or name not in theirs.fields:
                continue  # a field that the row has no place for any more, such as of a file
            value = theirs.get_initial_for_field(theirs.fields[name], name)
            if field.has_changed(value, self[name].data):
                found[name] = value
        return found

    def _show_both(self, held: models.Model) -> None:
        """Name, at each field, what stands there now; a next save may then overwrite it."""
        theirs = self.over(held)
        typed = QueryDict(mutable=True)
        typed.update(cast("Any", self.data))
        typed[self.add_prefix("revision")] = str(theirs.initial["revision"])
        self.data = typed
        self.add_error(None, MEANWHILE)
        for name, value in self._differences(theirs).items():
            self.add_error(name, f"Nu staat er: ‘{_words(theirs, name, value)}’.")


def saved_or_told(form: forms.BaseForm, save: Callable[[], bool], *, twin: str) -> bool:
    """Whether ``save`` wrote the valid ``form``; what was refused stands on it, as typed.

    ``twin`` says so when the database found it there already: after a second click, or when
    somebody else wrote the same at the same moment. Another refusal is told as it is. One
    transaction.
    """
    try:
        with transaction.atomic():
            return save()
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError as error:
        form.add_error(None, refusal(error, twin=twin))
    return False


def _words(form: forms.BaseForm, name: str, value: Any) -> str:
    """``value`` of a field as the screen says it: the label of a choice, not its key."""
    if value in (None, "", []):
        return "(leeg)"
    field = form.fields[name]
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(str(held) for held in _held(field, list(values)))
    labels = dict(getattr(field, "choices", ()))
    return ", ".join(str(labels.get(one, field.prepare_value(one))) for one in values)


def _held(field: forms.ModelChoiceField[Any], values: list[Any]) -> list[models.Model]:
    return [
        one if isinstance(one, models.Model) else field.queryset.model._base_manager.get(pk=one)  # type: ignore[union-attr]
        for one in values
    ]
