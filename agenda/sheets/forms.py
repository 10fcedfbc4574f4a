"""The forms around a file: handing it in, and confirming what it would do."""

from __future__ import annotations

from typing import Any

from django import forms

from agenda.models import TableImport
from agenda.sheets.values import MOST_VALUES
from core.uploaded_tables.field import TableField
from core.uploads.kinds import Kind


class AgendaFileForm(forms.Form):
    """The filled-in template of an agenda."""

    file = TableField(label="Het ingevulde sjabloon", kinds=(Kind.XLSX,))


class ValuesFileForm(forms.Form):
    """A table of values."""

    file = TableField(label="Het bestand met meetwaarden", rows=MOST_VALUES)


class ConfirmForm(forms.Form):
    """What somebody has to say before a file is taken in; missing rows that go are ticked too."""

    overwrite = forms.BooleanField()
    gone = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Kies uit wat er staat.",
            "required": "Vink aan wat weg mag. Mag alles blijven, dan hoeft u niets te doen.",
        },
    )

    def __init__(self, *args: Any, held: TableImport, can_delete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        changes = held.preview.get("changes", [])
        if held.version_id is not None or all(change["is_new"] for change in changes):
            del self.fields["overwrite"]
        else:
            label = held.get_kind_display()
            tick = self.fields["overwrite"]
            tick.label = f"Ja, deze {label} mogen veranderen"
            required = f"Er veranderen {label} die er al zijn. Zet een vinkje."
            tick.error_messages["required"] = required
        missing = held.preview.get("missing", [])
        if missing and can_delete:
            where = "de agenda" if held.version_id is not None else "de tabel"
            self.fields["gone"].label = f"Verwijder uit {where}"
            choices = [(row["key"], f"{row['sheet']}: {row['name']}") for row in missing]
            self.fields["gone"].choices = choices  # type: ignore[attr-defined]
            self.fields["gone"].required = not changes  # else there is nothing to confirm
        else:
            del self.fields["gone"]
