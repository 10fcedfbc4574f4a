"""Every page, at a desk and on a phone: public ones for a stranger, the others signed in.

Addresses without arguments are found by themselves. One with arguments takes a line in
``ARGUMENTS``; one that is no page takes a line in ``NO_PAGE`` with its reason; one that asks for a
signed-in user takes a line in ``SIGNED_IN``.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.browser.conftest import NARROW, WIDE, Opener
from tests.routes import routes

pytestmark = pytest.mark.browser

#: The goal of the demonstration that went back in 2018.
GOAL = "herkenning-geweld"

#: name -> the arguments of each page to visit, as the demonstration has them.
ARGUMENTS: dict[str, list[dict[str, Any]]] = {
    "monitor_edition": [{"edition": 2018}, {"edition": 2017}, {"edition": 2016}],
    "monitor_theme": [{"edition": 2018, "slug": "gezondheid-en-veiligheid"}],
    "monitor_goal": [{"edition": 2018, "slug": GOAL}],
    "monitor_partners": [{"edition": 2018}, {"edition": 2016}],
    "monitor_partner": [{"edition": 2018, "slug": "tom-in-de-buurt"}],
    "monitor_money": [{"edition": 2018}, {"edition": 2016}],
    "monitor_experience": [{"edition": 2018}, {"edition": 2016}],
    "goal_verdicts": [{"slug": GOAL}],
    "document_status": [{"edition": 2018}],
    "agenda_difference": [{"slug": "mag-2-0"}, {"slug": "mag"}],
    "agenda_tasks": [{"slug": "mag-2-0"}],
    "agenda_detail": [
        {"slug": "mag"},
        {"slug": "mag-3d"},
        {"slug": "mag-2-0"},
        {"slug": "nieuwe-mag"},
    ],
    "agenda_advice": [{"slug": "nieuwe-mag"}, {"slug": "mag"}],
    "council_talk_list": [{"slug": "mag-2-0"}, {"slug": "mag"}],
    "survey_detail": [{"slug": "clientervaring-2019"}],
    "agenda_version": [{"slug": "mag-2-0", "number": 1}],
    "agenda_tree": [{"slug": "mag"}],
    "agenda_version_tree": [{"slug": "mag-2-0", "number": 1}],
    "agenda_goal": [
        {"slug": "mag", "goal": "mag-1-i"},
        {"slug": "mag-2-0", "goal": "inwoners-vrijwilligers"},
    ],
    "agenda_framework": [{"slug": "mag-2-0"}],
    "agenda_measurability": [{"slug": "mag"}, {"slug": "mag-3d"}],
    "agenda_version_measurability": [{"slug": "mag-2-0", "number": 1}],
    "indicator_detail": [{"slug": "sociale-cohesie"}],
    "contract_detail": [{"slug": "driemaster-mag"}, {"slug": "tom-in-de-buurt-participatie"}],
    "amendment_detail": [{"slug": "tom-in-de-buurt-participatie", "number": 1}],
    "exchange_detail": [{"pk": 1}],
    "information_role": [{"role": "uitvoerder"}, {"role": "bestuurder"}],
    "investigation_detail": [{"pk": 1}, {"pk": 2}],
    "recommendation_detail": [{"origin": "onderzoek", "pk": 3}, {"origin": "toezicht", "pk": 1}],
    "project_detail": [{"slug": "samen-koken-samen-eten"}, {"slug": "chill-out"}],
    "goal_projects": [{"slug": "mag-2-0", "goal": "voldoende-sociaal-netwerk"}],
    "partner_detail": [{"slug": "driemaster"}, {"slug": "kwadraad"}],
    "supervision_detail": [{"year": 2018}],
    "account_confirm_email": [{"key": "bestaat-niet"}],
    "account_reset_password_from_key": [{"uidb36": "1", "key": "bestaat-niet"}],
}

#: name -> why a stranger gets no page of its own there.
NO_PAGE: dict[str, str] = {
    "healthz": "a word for the load balancer",
    "readyz": "JSON for the load balancer",
    "robots": "text for search engines",
    "oidc_start": "sends to the provider: test_single_sign_on.py",
    "oidc_callback": "where that provider sends back",
    "security_txt": "text for who found a weakness",
    "favicon": "a picture",
    "calendar_feed": "a calendar, by a secret address",
    "agenda_goal_csv": "a file",
    "agenda_measurability_csv": "a file",
    "agenda_values_csv": "a file",
    "agenda_values_xlsx": "a file",
    "indicator_csv": "a file",
    "indicator_xlsx": "a file",
    "agenda_advice_pdf": "a document",
    "agenda_pdf": "a document",
    "agenda_decision": "a file",
    "partner_figures_csv": "a file",
    "supervision_document": "a file",
    "account_logout": "sends a stranger home",
    "report_detail": "there is one at the end of the cycle: test_the_cycle.py visits it",
    **dict.fromkeys(
        (
            *("monitor_theme_csv", "monitor_money_csv", "monitor_experience_csv"),
            *("monitor_judgements_csv", "bottleneck_csv"),
        ),
        "a table for a spreadsheet",
    ),
    "monitor_json": "open data",
    "municipality_csv": "a table for a spreadsheet",
    "recommendation_csv": "a table for a spreadsheet",
    "document_job": "a fragment of the page document_status",
    **dict.fromkeys(
        (
            *("monitor_pdf", "monitor_pdf_lean"),
            *("monitor_pdf_half_year", "monitor_pdf_half_year_lean"),
        ),
        "the council document itself",
    ),
    "account_confirm_login_code": "only after a code was mailed, which is not in use",
}

#: name -> who of tests/browser/cast.py visits it.
SIGNED_IN: dict[str, str] = {
    "work_home": "officer",
    "styleguide": "officer",
    "document_manage": "officer",
    "account_email": "officer",
    "account_change_password": "officer",
    "account_reauthenticate": "officer",
    "account_logout": "officer",
}
#: name -> the arguments of such a page.
SIGNED_IN_ARGUMENTS: dict[str, dict[str, Any]] = {"document_manage": {"edition": 2018}}


def public_addresses() -> list[str]:
    found = []
    for route in routes():
        if not route.is_public or route.name in NO_PAGE:
            continue
        if route.arguments:
            found += [reverse(route.name, kwargs=kw) for kw in ARGUMENTS.get(route.name, [])]
        else:
            found.append(reverse(route.name))
    return sorted(set(found))


def test_every_public_address_is_visited_or_says_why_not() -> None:
    public = {route.name: route for route in routes() if route.is_public}
    missing = {
        name
        for name, route in public.items()
        if route.arguments and not ARGUMENTS.get(name) and name not in NO_PAGE
    }
    assert missing == set(), "add these to ARGUMENTS, or to NO_PAGE with a reason"
    known = {route.name for route in routes()}
    assert (ARGUMENTS.keys() | NO_PAGE.keys() | SIGNED_IN.keys()) - known == set()
    assert not ARGUMENTS.keys() & NO_PAGE.keys()


#: Where a layout changes, and the smallest screen that counts (WCAG 1.4.10).
OTHER_WIDTHS = {WIDE: (1366, 1024), NARROW: (320,)}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("address", public_addresses())
def test_a_public_page_is_sound(address: str, width: int, open_browser: Opener) -> None:
    visitor = open_browser(width)
    visitor.visit(address)
    visitor.check_widths(*OTHER_WIDTHS[width])


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_behind_the_sign_in_is_sound(name: str, width: int, open_browser: Opener) -> None:
    address = reverse(name, kwargs=SIGNED_IN_ARGUMENTS.get(name))
    open_browser(width, SIGNED_IN[name]).visit(address)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_page_that_is_not_there_is_sound_too(width: int, open_browser: Opener) -> None:
    open_browser(width, "officer").visit("/bestaat-niet/", status=404)
