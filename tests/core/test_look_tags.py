"""The template tags of the look write what a reader, and a screen reader, needs."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone


def render(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


class AmountForm(forms.Form):
    amount = forms.IntegerField(label="Bedrag")
    remark = forms.CharField(label="Opmerking", required=False)


def test_crumbs_end_with_the_page_itself() -> None:
    html = render('{% crumbs "Monitor" "/monitor/" "Wonen" %}')
    assert '<a href="/monitor/">Monitor</a>' in html
    assert '<span aria-current="page">Wonen</span>' in html


def test_crumbs_without_the_page_itself_are_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        render('{% crumbs "Monitor" "/monitor/" %}')


def test_two_definitions_on_a_page_have_names_of_their_own() -> None:
    html = render(
        '{% definition "doel" "Wat we willen." %}{% definition "doel" "Wat we willen." %}'
    )
    assert html.count('role="tooltip"') == 2
    assert 'aria-describedby="begrip-1"' in html
    assert 'id="begrip-2"' in html


def test_definitions_in_a_fragment_have_names_of_their_own_too() -> None:
    fragment = Template('{% load look %}{% definition "thema" "Een opgave." %}')
    html = render(
        '{% definition "doel" "Wat we willen." %}'
        "{% include part %}{% include part with unused=1 only %}",
        part=fragment,
    )
    assert [f'id="begrip-{number}"' in html for number in (1, 2, 3)] == [True, True, True]


def test_an_explanation_is_written_as_text() -> None:
    assert "&lt;b&gt;" in render('{% definition "doel" words %}', words="<b>vet</b>")


def test_an_unknown_kind_of_alert_is_a_mistake_of_the_maker() -> None:
    with pytest.raises(KeyError):
        render('{% alert "danger" "Let op" %}')


def test_an_error_is_announced_and_a_hint_is_not() -> None:
    assert 'role="alert"' in render('{% alert "error" "Mis" %}')
    assert "role=" not in render('{% alert "info" "Weet" %}')


def test_progress_says_in_words_what_the_bar_shows() -> None:
    html = render('{% progress 1200 2000 "waarden ingevuld" %}')
    assert 'value="1200"' in html
    assert "1.200 van 2.000" in html


def test_saved_gives_the_time_of_day_here() -> None:
    moment = datetime.datetime(2019, 1, 28, 13, 32, tzinfo=datetime.UTC)
    assert timezone.get_current_timezone_name() == "Europe/Amsterdam"
    assert "Concept bewaard om 14.32 uur" in render("{% saved moment %}", moment=moment)


def test_the_error_summary_leads_to_each_field() -> None:
    html = render("{% error_summary form %}", form=AmountForm({"amount": "veel"}))
    assert "Er is 1 fout" in html
    assert 'href="#id_amount"' in html


def test_a_form_without_errors_has_no_summary_and_no_prefix() -> None:
    form = AmountForm({"amount": "3"})
    assert render("{% error_summary form %}{% error_prefix form %}", form=form).strip() == ""
    assert render("{% error_prefix form %}", form="") == ""


def test_the_title_of_a_page_starts_with_the_number_of_errors() -> None:
    assert render("{% error_prefix form %}", form=AmountForm({})) == "1 fout – "


def test_a_field_shows_help_before_and_error_after_the_control() -> None:
    form = AmountForm({"amount": ""})
    form.fields["amount"].help_text = "In hele euro’s."
    html = Template("{% load crispy_forms_filters %}{{ form.amount|as_crispy_field }}").render(
        Context({"form": form})
    )
    assert html.index("In hele euro’s.") < html.index("<input") < html.index("message-error")
    assert 'aria-invalid="true"' in html


def test_a_field_that_may_stay_empty_says_so_in_words() -> None:
    html = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": AmountForm()})
    )
    assert html.count("(niet verplicht)") == 1
    assert "*" not in html


def test_pages_keep_the_filters_of_the_address() -> None:
    request = RequestFactory().get("/lijst/", {"thema": "wonen", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    html = Template("{% load look %}{% pagination page %}").render(
        RequestContext(request, {"page": page})
    )
    assert "?thema=wonen&amp;page=3" in html
    assert html.count("aria-current") == 1


def test_a_list_of_one_page_has_no_page_numbers() -> None:
    page = Paginator(range(3), 10).page(1)
    assert render("{% pagination page %}", page=page).strip() == ""
