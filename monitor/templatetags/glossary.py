"""``{% term "streefwaarde" %}``: a word of the glossary, explained on hover and focus."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from core.templatetags.look import definition
from monitor.glossary import find_term

register = template.Library()


@register.simple_tag(takes_context=True)
def term(context: template.Context, word: str, shown: str = "") -> SafeString:
    """``word`` as the page shows it (``shown``, or the word itself), with its explanation: that of
    the edition where the page shows one (``frozen_terms``), or else that of this release.

    Raises ``UnknownTerm`` for a word that the glossary does not have.
    """
    found = find_term(word)
    frozen = {row["word"]: row["explanation"] for row in context.get("frozen_terms") or []}
    explanation = frozen.get(found.word, found.explanation)
    return definition(context, shown or found.word, explanation)
