"""Advice that came on paper, typed over by an officer point by point."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import require_role, signed_in
from agenda.actions import advising
from agenda.advising.access import letter_or_404, point_or_404
from agenda.advising.forms import LetterForm, PointForm
from agenda.advising.officer_views import METHODS, WRITER, at_round, frame, round_url, the_round
from agenda.advising.subjects import subjects_of
from agenda.models import Advice, ConsultationRound

LAID_DOWN = "Deze brief is vastgelegd en verandert niet meer."


def _the_letter(slug: str, number: int, pk: int, letter: int) -> tuple[ConsultationRound, Advice]:
    round = the_round(slug, number, pk)
    found = letter_or_404(round, letter)
    found.round = round
    return round, found


def _at_letter(letter: Advice) -> HttpResponseBase:
    """To the next point, or to the round when the letter is laid down already."""
    if letter.is_submitted:
        return at_round(letter.round, f"advies-{letter.pk}")
    return redirect(round_url(letter.round, "letter_manage", letter.pk))


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_add(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponseBase:
    """Who wrote the letter, and when."""
    round = the_round(slug, number, pk)
    form = LetterForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        try:
            advising.save_letter(form, round, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _at_letter(form.instance)
    return render(request, "agenda/letter_add.html", frame(round, form=form))


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_edit(
    request: HttpRequest, slug: str, number: int, pk: int, letter: int
) -> HttpResponseBase:
    """The sender and the date, until the letter is laid down."""
    round, held = _the_letter(slug, number, pk, letter)
    form = LetterForm(request.POST or None, instance=held, round=round)
    if request.method == "POST" and form.is_valid():
        try:
            if advising.save_letter(form, round, user=signed_in(request)):
                return _at_letter(held)
        except ValidationError as error:
            form.add_error(None, error.messages)
    if request.method != "POST" and held.is_submitted:
        messages.info(request, LAID_DOWN)
        return _at_letter(held)
    context = frame(round, form=form, letter=held)
    return render(request, "agenda/letter_edit.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_manage(
    request: HttpRequest, slug: str, number: int, pk: int, letter: int
) -> HttpResponseBase:
    """The points so far, and a form for the next one."""
    round, held = _the_letter(slug, number, pk, letter)
    form = PointForm(request.POST or None, subjects=subjects_of(round.version))
    if request.method == "POST" and form.is_valid():
        try:
            advising.save_letter_point(form, held, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Het punt staat erbij.")
            return _at_letter(held)
    if request.method != "POST" and held.is_submitted:
        messages.info(request, LAID_DOWN)
        return _at_letter(held)
    context = frame(round, form=form, letter=held, points=list(held.points.all()))
    return render(request, "agenda/letter_manage.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_point_edit(
    request: HttpRequest, slug: str, number: int, pk: int, letter: int, point: int
) -> HttpResponseBase:
    """A point that is there."""
    round, held = _the_letter(slug, number, pk, letter)
    row = point_or_404(held, point)
    form = PointForm(request.POST or None, instance=row, subjects=subjects_of(round.version))
    if request.method == "POST" and form.is_valid():
        try:
            if advising.save_letter_point(form, held, user=signed_in(request)):
                return _at_letter(held)
        except ValidationError as error:
            form.add_error(None, error.messages)
    if request.method != "POST" and held.is_submitted:
        messages.info(request, LAID_DOWN)
        return _at_letter(held)
    context = frame(round, form=form, letter=held, point=row)
    return render(request, "agenda/letter_point_edit.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_point_delete(
    request: HttpRequest, slug: str, number: int, pk: int, letter: int, point: int
) -> HttpResponseBase:
    """Throw a point away; asks first."""
    round, held = _the_letter(slug, number, pk, letter)
    row = point_or_404(held, point)
    context = frame(round, letter=held, point=row)
    if request.method == "POST":
        try:
            advising.delete_letter_point(row, held, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "Het punt is verwijderd.")
            return _at_letter(held)
    return render(request, "agenda/letter_point_delete.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_delete(
    request: HttpRequest, slug: str, number: int, pk: int, letter: int
) -> HttpResponseBase:
    """Throw a letter away that was begun by mistake; asks first."""
    round, held = _the_letter(slug, number, pk, letter)
    context = frame(round, letter=held)
    if request.method == "POST":
        try:
            advising.delete_letter(held, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "De brief is verwijderd.")
            return at_round(round)
    return render(request, "agenda/letter_delete.html", context)


@require_role(WRITER)
@require_http_methods(METHODS)
def letter_submit(
    request: HttpRequest, slug: str, number: int, pk: int, letter: int
) -> HttpResponseBase:
    """All points are there: asks, and lays the letter down."""
    round, held = _the_letter(slug, number, pk, letter)
    context = frame(round, letter=held, points=list(held.points.all()))
    if request.method == "POST":
        try:
            advising.lay_down(held, user=signed_in(request))
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        else:
            messages.success(request, "De brief is vastgelegd. U kunt de punten beantwoorden.")
            return at_round(round, f"advies-{held.pk}")
    return render(request, "agenda/letter_submit.html", context)
