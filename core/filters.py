"""What every form above a list shares."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def filter_helper(label: str = "Toon") -> FormHelper:
    """A GET form without a token: the address holds the choice, and can be sent to somebody."""
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_class = "filters"
    helper.disable_csrf = True
    helper.attrs = {"role": "search"}
    # Every filter may be left open: the fields do not say so one by one.
    helper.all_optional = True
    helper.add_input(Submit("", label, css_class="btn-line"))
    return helper


def refused_choice(request: HttpRequest, form: forms.BaseForm) -> HttpResponse:
    """The answer (400) where a file was asked with a choice that does not exist, field by field."""
    problems = [(form[name].label, errors) for name, errors in form.errors.items()]
    return render(request, "core/bad_choice.html", {"problems": problems}, status=400)


def is_chosen(request: HttpRequest) -> bool:
    """Whether the reader chose anything; the number of a page is no choice."""
    return any(value for name, value in request.GET.items() if name != "page")
