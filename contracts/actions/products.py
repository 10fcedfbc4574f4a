"""Writing tables of products, their rows, and rates; the history keeps what stood there."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts import history
from accounts.models import User
from contracts.actions.locks import NotEditable
from contracts.budgets.changes import of_product, of_rate
from contracts.models import ProductRow, ProductTable, Rate
from core.edits import RevisedForm
from core.slugs import free_slug

NOTHING_KEPT = "Wat u typte, is niet bewaard."
TABLE_TWIN = "Er is net al een tabel met deze titel gemaakt. Ga daarmee verder."
ROW_TWIN = f"Dit staat al in de tabel. Wijzig die rij, of noem het verschil. {NOTHING_KEPT}"
RATE_TWIN = f"Dit tarief van deze gemeente staat er al. Wijzig dat. {NOTHING_KEPT}"
GONE = f"Deze tabel is intussen verwijderd. {NOTHING_KEPT}"
#: Words that stand in an address where the name of a table stands too.
RESERVED = frozenset({"nieuw"})


def hold_table(pk: int) -> ProductTable:
    """The table, held until the transaction ends. Raises ``NotEditable``. One query."""
    held = ProductTable.objects.select_for_update().filter(pk=pk).order_by("pk").first()
    if held is None:
        raise NotEditable(GONE)
    return held


def save_table(form: RevisedForm, *, user: User) -> bool:
    """Write a table, new or there already. False when another wrote meanwhile.

    Raises ``NotEditable`` for a second click on a new one.
    """
    table: ProductTable = form.instance
    if form.instance.pk is None:
        table.slug = free_slug(
            ProductTable.objects.all(), table.title, otherwise="tabel", reserved=RESERVED
        )
    try:
        return history.save(form, of_product, user=user)
    except IntegrityError as error:
        raise NotEditable(TABLE_TWIN) from error


def remove_table(table: ProductTable, *, user: User) -> None:
    """Take a table away with its rows. A second click does nothing."""
    with transaction.atomic():
        held = ProductTable.objects.select_for_update().filter(pk=table.pk).order_by("pk").first()
        if held is None:
            return
        for row in held.rows.select_related("table"):
            history.removed(row, of_product, user=user)
        history.removed(held, of_product, user=user)
        held.rows.all().delete()
        held.delete()


def save_row(form: RevisedForm, *, user: User) -> bool:
    """Write a row of a table; a new one comes last. False when another wrote meanwhile.

    Raises ``NotEditable`` for a row that is there already.
    """
    row: ProductRow = form.instance
    try:
        with transaction.atomic():
            hold_table(row.table_id)
            if form.instance.pk is None:
                rows = ProductRow.objects.filter(table=row.table_id)
                row.order = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
            return history.save(form, of_product, user=user)
    except IntegrityError as error:
        raise NotEditable(ROW_TWIN) from error


def remove_row(row: ProductRow, *, user: User) -> None:
    """Take a row away. A second click does nothing."""
    with transaction.atomic():
        held = ProductRow.objects.select_for_update().filter(pk=row.pk).order_by("pk").first()
        if held is None:
            return
        history.removed(held, of_product, user=user)
        held.delete()


def save_rate(form: RevisedForm, *, user: User) -> bool:
    """Write a rate; a new subject comes last. False when another wrote meanwhile.

    Raises ``NotEditable`` for a rate that is there already.
    """
    rate: Rate = form.instance
    try:
        with transaction.atomic():
            if form.instance.pk is None:
                orders = dict(Rate.objects.order_by("order").values_list("subject", "order"))
                rate.order = orders.get(rate.subject, max(orders.values(), default=-1) + 1)
            return history.save(form, of_rate, user=user)
    except IntegrityError as error:
        raise NotEditable(RATE_TWIN) from error


def remove_rate(rate: Rate, *, user: User) -> None:
    """Take a rate away. A second click does nothing."""
    with transaction.atomic():
        held = Rate.objects.select_for_update().filter(pk=rate.pk).order_by("pk").first()
        if held is None:
            return
        history.removed(held, of_rate, user=user)
        held.delete()
