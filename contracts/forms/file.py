"""Forms over the file of a contract: options, transitions, suppliers, documents and notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from accounts.models import Organisation
from agenda.task_forms import not_to_come
from contracts.constants import OptionOutcome, TermOutcome
from contracts.models import (
    Contract,
    ContractDocument,
    Delivery,
    Expectation,
    ExtensionOption,
    SubAssignment,
    Supply,
    TenderNotice,
    Term,
    TermCheck,
    Transition,
)
from contracts.querysets import offered_parties, offered_themes
from core.edits import RevisedForm
from core.forms import DayField, DayInput, RowsField, TextForm
from core.uploads.field import UploadField

LONGEST_RESULT = Expectation._meta.get_field("text").max_length or 300


class FileForm(RevisedForm):
    """A row of the file of ``contract``."""

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        if self.instance.pk is None and hasattr(self.instance, "contract_id"):
            self.instance.contract = contract

    def over(self, instance: models.Model) -> FileForm:
        return type(self)(instance=instance, contract=self.contract)


class PartForm(FileForm):
    """A sub-assignment, with its results a line each."""

    results = forms.CharField(
        label="Te bereiken resultaten",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Elk resultaat op een eigen regel.",
    )

    class Meta:
        model = SubAssignment
        fields = ["number", "name", "theme", "results", "excluded", "note"]
        labels = {"theme": "Thema"}
        widgets = {
            "excluded": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = offered_themes(self.contract)
        themes.empty_label = "geen thema"
        if self.instance.pk is not None:
            rows = self.instance.expectations.order_by("order", "pk")
            self.initial["results"] = "\n".join(rows.values_list("text", flat=True))

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        others = self.contract.sub_assignments.exclude(pk=self.instance.pk)
        if others.filter(number=number).exists():
            raise forms.ValidationError("Er is al een deelopdracht met dit nummer.")
        return number

    def clean_results(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["results"].splitlines()]
        for line in lines:
            if len(line) > LONGEST_RESULT:
                raise forms.ValidationError(
                    f"Een resultaat heeft ten hoogste {LONGEST_RESULT} tekens: ‘{line[:40]}…’."
                )
        return list(dict.fromkeys(filter(None, lines)))


class OptionForm(FileForm):
    class Meta:
        model = ExtensionOption
        fields = ["until", "notice_by", "remind_days", "outcome", "decided_on", "reason"]
        widgets = {
            "until": DayInput,
            "notice_by": DayInput,
            "decided_on": DayInput,
            "reason": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day is not None:
            not_to_come(day)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        until, notice, end = cleaned.get("until"), cleaned.get("notice_by"), self.contract.ends_on
        if until and end and until <= end and cleaned.get("outcome") == OptionOutcome.OPEN:
            self.add_error("until", f"De overeenkomst loopt al tot en met {end:%d-%m-%Y}.")
        if until and notice and notice > until:
            self.add_error("notice_by", "Die dag ligt na de nieuwe einddatum.")
        if cleaned.get("outcome") == OptionOutcome.OPEN:
            if cleaned.get("decided_on"):
                self.add_error("decided_on", "Kies ook wat ermee is gedaan.")
        elif cleaned.get("outcome"):
            if not cleaned.get("decided_on") and "decided_on" not in self.errors:
                self.add_error("decided_on", "Vul in wanneer dat is besloten.")
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", "Schrijf op waarom.")
        if until and self.contract.extension_options.filter(until=until).exclude(
            pk=self.instance.pk
        ):
            self.add_error("until", "Deze mogelijkheid staat er al.")
        return cleaned


class TransitionForm(FileForm):
    class Meta:
        model = Transition
        fields = ["group", "text", "ends_on", "remind_days", "finished_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "ends_on": DayInput,
            "finished_on": DayInput,
        }
        help_texts = {
            "group": "Noem een groep, en geen personen.",
            "ends_on": "Leeg als er geen einddag is afgesproken.",
        }

    def clean_group(self) -> str:
        group: str = self.cleaned_data["group"].strip()
        others = self.contract.transitions.exclude(pk=self.instance.pk)
        if others.filter(group__iexact=group).exists():
            raise forms.ValidationError("Voor deze groep staat er al een overgangsregeling.")
        return group

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, done = self.contract.starts_on, cleaned.get("finished_on")
        for name in ("ends_on", "finished_on"):
            day = cleaned.get(name)
            if start and day and day < start:
                self.add_error(
                    name, f"Dat is voor de overeenkomst ingaat: {start:%d-%m-%Y}. Kijk de dag na."
                )
        if done and done > timezone.localdate():
            self.add_error("finished_on", "Die dag moet nog komen.")
        return cleaned


class SupplyForm(FileForm):
    class Meta:
        model = Supply
        fields = ["supplier", "subject", "delivery_days", "watcher", "ends_on", "remind_days"]
        fields += ["note"]
        widgets = {"ends_on": DayInput, "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supplier: Any = self.fields["supplier"]
        supplier.queryset = Organisation.objects.to_choose([self.instance.supplier_id])
        supplier.help_text = "Staat de leverancier er niet bij? Voeg eerst de organisatie toe."
        supplier.empty_label = "kies een organisatie"
        watcher: Any = self.fields["watcher"]
        held = Organisation.objects.filter(pk=self.instance.watcher_id)
        watcher.queryset = offered_parties(self.contract) | held
        watcher.empty_label = "de gemeente zelf"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        others = self.contract.supplies.exclude(pk=self.instance.pk)
        if cleaned.get("supplier") and cleaned.get("subject"):
            same = others.filter(supplier=cleaned["supplier"], subject=cleaned["subject"])
            if same.exists():
                self.add_error("subject", "Dit contract met deze leverancier staat er al.")
        return cleaned


class SupplyChoice(forms.ModelChoiceField[Supply]):
    default_error_messages = {"invalid_choice": "Dit contract hoort niet bij deze overeenkomst."}


class DeliveryForm(FileForm):
    supply = SupplyChoice(label="Contract met", queryset=Supply.objects.none(), empty_label="kies")

    class Meta:
        model = Delivery
        fields = ["supply", "measured_on", "days", "note"]
        widgets = {"measured_on": DayInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"days": "Gemiddeld aantal hele dagen tussen bestellen en leveren."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supplies: Any = self.fields["supply"]
        supplies.queryset = Supply.objects.filter(contract=self.contract).select_related("supplier")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        supply, day = cleaned.get("supply"), cleaned.get("measured_on")
        held = Delivery.objects.exclude(pk=self.instance.pk)
        if supply and day and held.filter(supply=supply, measured_on=day).exists():
            self.add_error("measured_on", "Van deze dag staat er al een levertijd.")
        if day and day > timezone.localdate():
            self.add_error("measured_on", "Die dag moet nog komen.")
        return cleaned


class DocumentForm(FileForm):
    """A document, as a file or an address."""

    no_prose = frozenset({"document_url"})

    upload = UploadField(label="Bestand", required=False)
    drop_file = forms.BooleanField(label="Haal het bestand weg dat er nu is", required=False)

    class Meta:
        model = ContractDocument
        fields = ["kind", "title", "dated_on", "amendment", "document_url", "note"]
        widgets = {"dated_on": DayInput, "note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"document_url": "Waar het document staat, zoals in het zaaksysteem."}

    field_order = [
        *("kind", "title", "dated_on", "amendment", "upload", "drop_file"),
        *("document_url", "note"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amendments: Any = self.fields["amendment"]
        amendments.queryset = self.contract.amendments.filter(number__gt=0)
        amendments.empty_label = "de overeenkomst zelf"
        if self.instance.file_id is None:
            del self.fields["drop_file"]

    def also_written(self) -> dict[str, Any]:
        return {"file": self.instance.file, "file_name": self.instance.file_name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stays = self.instance.file_id is not None and not cleaned.get("drop_file")
        if not (stays or cleaned.get("upload") or cleaned.get("document_url")) and not {
            "upload",
            "document_url",
        } & set(self.errors):
            self.add_error("upload", "Kies een bestand, of geef het adres van het document.")
        others = self.contract.documents.exclude(pk=self.instance.pk)
        if cleaned.get("title") and others.filter(title=cleaned["title"]).exists():
            self.add_error("title", "Er is al een document met deze titel.")
        return cleaned


class TermCheckForm(TextForm):
    """Whether an agreement is kept, on what day somebody looked."""

    outcome = forms.ChoiceField(
        label="Is de afspraak nagekomen?",
        choices=TermOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het ermee staat."},
    )
    checked_on = DayField(label="Nagegaan op")
    note = forms.CharField(
        label="Toelichting",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Verplicht als de afspraak niet of maar deels is nagekomen.",
    )

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Die dag moet nog komen.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        broken = cleaned.get("outcome") not in (None, TermOutcome.KEPT)
        if broken and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", "Schrijf wat er nog niet gebeurt.")
        return cleaned

    def check_of(self, term: Term) -> TermCheck:
        """What was typed about ``term``; only after ``is_valid``."""
        return TermCheck(term=term, **self.cleaned_data)


class NoticeForm(TextForm):
    """What partners are told of a new tender, and who of them."""

    subject = forms.CharField(label="Waar gaat de aanbesteding over?", max_length=200)
    starts_on = DayField(label="De aanbesteding begint op")
    text = forms.CharField(
        label="Bericht",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wat verandert er, en wat kunnen zij nu al doen? Iedereen hieronder krijgt dit.",
    )
    organisations = RowsField(
        label="Aan wie",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies aan wie dit wordt verteld."},
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        chosen: Any = self.fields["organisations"]
        chosen.queryset = offered_parties(contract)
        chosen.initial = list(chosen.queryset.values_list("pk", flat=True))

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("Die aanbesteding is al begonnen. Kies een latere dag.")
        return day

    def notice(self) -> TenderNotice:
        """The notice as typed; only after ``is_valid``."""
        typed = self.cleaned_data
        return TenderNotice(
            contract=self.contract,
            subject=typed["subject"],
            starts_on=typed["starts_on"],
            text=typed["text"],
        )
