"""Forms over investigations: what was found, what was said about it, and the steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from core.edits import RevisedForm
from core.forms import DayInput
from monitor.constants import CheckOutcome
from monitor.models import Investigation, InvestigationPart

OUTCOMES = [(each.value, each.label) for each in CheckOutcome if each]
IN_THE_FUTURE = "Deze dag is nog niet geweest."


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class InvestigationForm(RevisedForm):
    """What the investigation is about, and who does it."""

    class Meta:
        model = Investigation
        fields = ["title", "kind", "performed_by", "question"]
        widgets = {"question": _rows(4)}
        help_texts = {
            "performed_by": "Een organisatie of een functie. Geen namen van mensen.",
            "question": "De vraag waar het onderzoek antwoord op geeft.",
        }
        error_messages = {
            "title": {
                "required": "Geef het onderzoek een titel.",
                "unique": "Er is al een onderzoek met deze titel.",
            },
            "kind": {"required": "Kies een soort onderzoek."},
            "performed_by": {"required": "Schrijf wie het onderzoek uitvoert."},
        }


class PartForm(RevisedForm):
    """A finding, conclusion or recommendation, written by the investigator."""

    class Meta:
        model = InvestigationPart
        fields = ["kind", "text"]
        widgets = {"text": _rows(6)}
        labels = {"text": "Wat vond u, of wat beveelt u aan?"}
        help_texts = {"text": "Eén ding per onderdeel: de gemeente reageert per onderdeel."}
        error_messages = {
            "kind": {"required": "Kies een soort."},
            "text": {"required": "Schrijf wat u vond of aanbeveelt."},
        }


class HeardForm(RevisedForm):
    """What the municipality says about the facts of one part; empty means nothing to say."""

    class Meta:
        model = InvestigationPart
        fields = ["heard"]
        widgets = {"heard": _rows(6)}
        labels = {"heard": "Wat klopt er niet, of ontbreekt er?"}
        help_texts = {
            "heard": "Het gaat om de feiten, nog niet om wat u ervan vindt. Klopt alles, laat dit "
            "dan leeg. Als het onderzoek openbaar is, leest iedereen dit."
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "heard" in self.changed_data:
            # What the investigator did with a reaction is no answer to another one.
            self.instance.outcome, self.instance.outcome_reason = "", ""
        return cleaned

    def also_written(self) -> dict[str, Any]:
        return {
            "outcome": self.instance.outcome,
            "outcome_reason": self.instance.outcome_reason,
        }


class OutcomeForm(RevisedForm):
    """What the investigator did with a reaction, and why."""

    outcome = forms.ChoiceField(
        label="Neemt u dit over?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u de reactie overneemt."},
    )

    class Meta:
        model = InvestigationPart
        fields = ["text", "outcome", "outcome_reason"]
        widgets = {"text": _rows(6), "outcome_reason": _rows(4)}
        labels = {"text": "Tekst van dit onderdeel", "outcome_reason": "Waarom, of waarom niet?"}
        help_texts = {
            "text": "Pas de tekst aan als u de reactie overneemt. Wat er eerst stond, blijft in de "
            "geschiedenis."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["outcome_reason"]
        reason.required = True
        reason.error_messages["required"] = "Schrijf waarom u dit wel of niet overneemt."


class BoardPartForm(RevisedForm):
    """What the board says to one part; empty when the letter does not speak of it."""

    class Meta:
        model = InvestigationPart
        fields = ["reaction"]
        widgets = {"reaction": _rows(6)}
        labels = {"reaction": "Wat zegt het college hierop?"}
        help_texts = {"reaction": "Noemt de brief dit onderdeel niet, laat dit dan leeg."}


class ReactionForm(RevisedForm):
    """The reaction of the board as a whole."""

    no_prose = frozenset({"reaction_url"})

    class Meta:
        model = Investigation
        fields = ["reaction_by", "reaction_on", "reaction", "reaction_url"]
        widgets = {"reaction_on": DayInput, "reaction": _rows(10)}
        labels = {"reaction_by": "Van wie", "reaction_on": "Datum"}
        help_texts = {
            "reaction_by": "Bijvoorbeeld: het college van burgemeester en wethouders.",
            "reaction": "De tekst, of wat er in het kort staat. Iedereen leest dit.",
            "reaction_url": "Waar de brief staat, zoals op de site van de raad. Begint met "
            "https://.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reaction_by", "reaction_on", "reaction"):
            self.fields[name].required = True

    def clean_reaction_on(self) -> Any:
        day = _not_later(self.cleaned_data["reaction_on"])
        settled = self.instance.answered_on
        if settled is not None and day < settled:
            raise forms.ValidationError(
                f"De gemeente antwoordde op de feiten op {settled:%d-%m-%Y}. Het college reageert "
                "die dag of later."
            )
        return day


# -- steps -----------------------------------------------------------------------------------------
class PresentForm(RevisedForm):
    """To whom the findings are presented, and until when they may react."""

    class Meta:
        model = Investigation
        fields = ["presented_to", "asked_on", "answer_by"]
        widgets = {"asked_on": DayInput, "answer_by": DayInput}
        labels = {"presented_to": "Aan wie", "asked_on": "Op", "answer_by": "Reactie uiterlijk op"}
        help_texts = {
            "presented_to": "Een functie of een afdeling, zoals de afdeling Samenleving. Geen "
            "namen van mensen."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
        if self.instance.asked_on is None:
            self.initial["asked_on"] = timezone.localdate()

    def clean_asked_on(self) -> Any:
        return _not_later(self.cleaned_data["asked_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked, until = cleaned.get("asked_on"), cleaned.get("answer_by")
        if asked is not None and until is not None and until < asked:
            self.add_error("answer_by", "Kies een dag na de dag waarop u dit voorlegt.")
        return cleaned


class SettleForm(RevisedForm):
    """On which day the municipality answered."""

    class Meta:
        model = Investigation
        fields = ["answered_on"]
        widgets = {"answered_on": DayInput}
        labels = {"answered_on": "De gemeente antwoordde op"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].required = True

    def clean_answered_on(self) -> Any:
        day = _not_later(self.cleaned_data["answered_on"])
        asked = self.instance.asked_on
        if asked is not None and day < asked:
            raise forms.ValidationError(f"U legde dit pas voor op {asked:%d-%m-%Y}.")
        return day


class PublishForm(RevisedForm):
    """The last words of the investigator; and why there is no reaction, where there is none."""

    class Meta:
        model = Investigation
        fields = ["afterword", "without_reaction"]
        widgets = {"afterword": _rows(6), "without_reaction": _rows(2)}
        labels = {"afterword": "Uw nawoord (mag leeg blijven)"}
        help_texts = {"without_reaction": "Iedereen leest dit."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.reaction:
            del self.fields["without_reaction"]


def _not_later(day: Any) -> Any:
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(IN_THE_FUTURE)
    return day
