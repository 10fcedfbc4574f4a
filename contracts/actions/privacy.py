"""Writing what is agreed about personal data, and the register of information exchange.

Neither is a term of a contract: both are written whatever its status is.
"""

from __future__ import annotations

from django.db import transaction

from accounts import history
from accounts.models import User
from contracts.changes import of_contract, of_exchange
from core.edits import RevisedForm
from core.files import store
from core.uploads.field import Upload


def save_personal_data(form: RevisedForm, *, user: User) -> bool:
    """Write whether a contract needs personal data; the form is valid.

    False when somebody else wrote meanwhile. Raises ``IntegrityError`` when two say it at once for
    the first time.
    """
    return history.save(form, of_contract(form.instance.contract), user=user)


def save_data_agreement(
    form: RevisedForm, *, upload: Upload | None, drop_file: bool, user: User
) -> bool:
    """Write an agreement, with the new document if there is one; the form is valid.

    False when somebody else wrote meanwhile. Raises ``IntegrityError`` when the same agreement was
    added a moment ago.
    """
    row = form.instance
    with transaction.atomic():
        if upload is not None:
            row.file = store(upload.file, name=upload.name, content_type=upload.kind.content_type)
            row.file_name = upload.name
        elif drop_file:
            row.file, row.file_name = None, ""
        return history.save(form, of_contract(row.contract), user=user)


def save_exchange(form: RevisedForm, *, user: User) -> bool:
    """Write an exchange of the register; the form is valid. False when another wrote meanwhile."""
    return history.save(form, of_exchange, user=user)
