"""Template tags for the building blocks of the look; ``/stijlgids/`` shows each of them.

Templates of pages use these tags and write no markup of their own for the same thing. Years go in
as text (``"2018"`` or ``year|stringformat:"d"``): a number would get a thousands separator.
"""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.navigation import FOOTER, Link, navigation, resolve
from core.values import format_number

register = template.Library()

ALERT_ICONS = {"error": "error", "warning": "warning", "success": "check", "info": "info"}
# Django's message levels, for {% alert message.level_tag … %}.
ALERT_KINDS = {"debug": "info", **{kind: kind for kind in ALERT_ICONS}}


def _path(context: template.Context) -> str:
    request = context.get("request")
    return request.path if request is not None else ""


# --- Navigation -----------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def public_navigation(context: template.Context) -> list[Link]:
    """The main menu of the public site: the same for every visitor."""
    return resolve(navigation(), _path(context))


@register.simple_tag
def footer_navigation() -> list[list[Link]]:
    """The columns of links at the foot of a page; empty columns are left out."""
    return [links for links in (resolve(column) for column in FOOTER) if links]


@register.inclusion_tag("includes/_crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """``{% crumbs "Monitor" url "Doel" %}``: label and address in turn, the page itself last."""
    if len(parts) % 2 == 0:
        raise template.TemplateSyntaxError(
            "crumbs wants label and address in turn, and ends with the label of the page itself"
        )
    links = [
        {"label": label, "url": url} for label, url in zip(parts[::2], parts[1::2], strict=False)
    ]
    return {"links": links, "page": parts[-1]}


@register.inclusion_tag("includes/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Previous, next and the numbers around ``page``; keeps the filters of the address."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {
            "label": str(number),
            "url": address(number) if isinstance(number, int) else "",
            "current": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1)
    ]
    return {
        "many": page.paginator.num_pages > 1,
        "numbers": numbers,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
        "page": str(page.number),
        "pages": str(page.paginator.num_pages),
    }


# --- Small marks ----------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """The symbol ``name`` of ``_icons.html``; decoration, so there is always a word beside it."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="#i-{}"/></svg>',
        f" {extra}" if extra else "",
        name,
    )


@register.simple_tag
def example(word: str = "voorbeeld") -> SafeString:
    """The tag that stands beside everything that was invented."""
    return format_html('<span class="example">{}</span>', word)


def within_a_sentence(fragment: str, values: dict[str, Any]) -> SafeString:
    """The template ``fragment`` without the line end of its file: a comma or full stop may follow.

    An inclusion tag would put that line end, so a space, before the comma.
    """
    return SafeString(render_to_string(fragment, values).strip())


@register.simple_tag(takes_context=True)
def definition(context: template.Context, word: str, explanation: str) -> SafeString:
    """``word`` with its ``explanation`` on hover and focus; a reader hears the explanation too."""
    # The lowest layer is shared by a page and all that it includes, so that no two names are equal.
    shared = cast("dict[Any, Any]", context.render_context.dicts[0])
    shared["look_definitions"] = number = shared.get("look_definitions", 0) + 1
    values = {"word": word, "explanation": explanation, "id": f"begrip-{number}"}
    return within_a_sentence("includes/_definition.html", values)


# --- Messages and states --------------------------------------------------------------------------
@register.inclusion_tag("includes/_alert.html")
def alert(kind: str, title: str = "", text: str = "") -> dict[str, Any]:
    """A tinted block; ``kind`` is error, warning, success or info (or a level of messages)."""
    known = ALERT_KINDS[kind]
    return {"kind": known, "icon": ALERT_ICONS[known], "title": title, "text": text}


@register.inclusion_tag("includes/_empty.html")
def empty_state(sentence: str, when: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """Nothing here: a sentence that says so, when it comes, and at most one way on."""
    return {"sentence": sentence, "when": when, "url": url, "action": action}


@register.inclusion_tag("includes/_loading.html")
def loading(sentence: str, meanwhile: str = "") -> dict[str, Any]:
    """Something is being made: what, how long, and what one may do meanwhile."""
    return {"sentence": sentence, "meanwhile": meanwhile}


@register.inclusion_tag("includes/_saved.html")
def saved(moment: datetime.datetime, what: str = "Concept") -> dict[str, Any]:
    """‘Concept bewaard om 14.32 uur’, announced politely."""
    return {"what": what, "time": timezone.localtime(moment).strftime("%H.%M")}


@register.inclusion_tag("includes/_progress.html")
def progress(done: int, total: int, words: str) -> dict[str, Any]:
    """‘22 van 30 beoordeeld’ with its bar; ``words`` follows the two numbers."""
    return {
        "done": done,
        "total": total,
        "words": words,
        "share": f"{format_number(done)} van {format_number(total)}",
    }


# --- Forms ----------------------------------------------------------------------------------------
@register.inclusion_tag("includes/_error_summary.html")
def error_summary(form: BaseForm, title: str = "") -> dict[str, Any]:
    """Every error of ``form``, each with a link to its field; nothing when there is none."""
    lines = [
        {"field": form[name].auto_id, "label": form[name].label, "error": error}
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]
    general = list(form.non_field_errors())
    count = len(lines) + len(general)
    words = "Er is 1 fout" if count == 1 else f"Er zijn {count} fouten"
    return {"lines": lines, "general": general, "title": title or words, "count": count}


@register.simple_tag
def error_prefix(form: BaseForm | str | None) -> str:
    """‘1 fout – ’ for the start of the page title, so that it is heard first; or nothing."""
    if not isinstance(form, BaseForm):  # a page that has no form at all
        return ""
    count = sum(len(errors) for errors in form.errors.values())
    if not count:
        return ""
    return f"{count} fout – " if count == 1 else f"{count} fouten – "
