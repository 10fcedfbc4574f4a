"""Writing a breakdown with its groups."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts import history
from accounts.models import User
from agenda.breakdown_forms import BreakdownForm
from agenda.changes import of_breakdown
from agenda.disclosure import decide
from agenda.models import Breakdown, Indicator, Observation
from agenda.slugs import free_slug


def save_breakdown(form: BreakdownForm, *, user: User) -> bool:
    """Write the valid form. False, with both texts on it, when somebody else wrote first.

    Whether groups add up to the whole decides what is not published: that is decided again. Raises
    ``ValidationError`` when a group that goes has values by now.
    """
    with transaction.atomic():
        breakdown: Breakdown = form.instance
        if breakdown._state.adding:
            breakdown.slug = free_slug(
                Breakdown.objects.all(), form.cleaned_data["name"], otherwise="uitsplitsing"
            )
        # Which values are not published depends on all of them: they are written in turn.
        told = Observation.objects.filter(group__breakdown=breakdown.pk).order_by()
        rows = Indicator.objects.filter(pk__in=told.values("indicator")).order_by("pk")
        held = list(rows.select_for_update())
        try:
            if not history.save(form, of_breakdown, user=user):
                return False
        except ProtectedError as error:
            raise ValidationError(
                "Een groep die u wegliet, heeft intussen waarden. Laat haar staan."
            ) from error
        for indicator in held:
            decide(indicator)
    return True
