"""What contracts and reports keep names nobody once the names of accounts are taken away."""

from __future__ import annotations

import pytest
from django.db import connection

from accounts.actions import remove_name
from accounts.models import User
from reporting import actions
from reporting.actions import RemarkText
from tests.reporting.cycle import Cycle, cycle, fill, submit, write

pytestmark = pytest.mark.django_db
KEEPING = ("contracts_", "reporting_", "accounts_user")


def worked_through() -> Cycle:
    """A report that was handed in, returned with a question, handed in again and accepted."""
    made = cycle()
    fill(made)
    submit(made)
    question = RemarkText("trends-text", "Trends", "Waaruit blijkt dat?")
    actions.return_(made.report, user=made.manager, round_number=1, remarks=[question])
    remark = made.report.rounds.get().remarks.get()
    write(made, {"trends-text": "Anders.", f"remark-{remark.pk}": "Uit de aanmeldingen."})
    submit(made)
    actions.accept(made.report, user=made.manager, round_number=2)
    return made


def places_of(words: list[str]) -> set[str]:
    """The tables that hold one of ``words`` somewhere in a row."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(KEEPING):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept = "\n".join(str(value) for row in cursor.fetchall() for value in row)
            if any(word in kept for word in words):
                found.add(table)
    return found


def test_a_name_that_was_taken_away_stands_in_no_report_and_no_contract() -> None:
    made = worked_through()
    people = [made.reporter, made.signatory, made.manager]
    words = [word for person in people for word in (person.name, person.email)]
    assert places_of(words) == {"accounts_user"}
    for person in people:
        User.objects.filter(pk=person.pk).update(is_active=False)
        remove_name(person=person, user=None)
    assert places_of(words) == set()
    told = made.report.rounds.order_by("number").first()
    assert told is not None
    assert told.submitted_by.name == f"Oud-medewerker {made.signatory.pk}"
