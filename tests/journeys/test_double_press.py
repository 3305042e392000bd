"""A button pressed twice in a real browser sends its form once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route

from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def test_slips_are_made_once_and_the_ones_on_the_page_serve(cast: Cast, visit: Callable[..., Any]) -> None:
    page = visit(cast.people["coordinator"]).new_page()
    page.goto("/o/lanchuan/people/")
    held: list[Route] = []
    page.route(
        "**/people/slips/", lambda route: held.append(route)
    )  # the server is slow, so there is time to press again
    page.locator(f'input[name=person][value="{cast.people["classmate"].public_id}"]').check()
    page.evaluate(
        "() => { const form = document.querySelector('form[action$=\"slips/\"]');"
        " [0, 200, 400].forEach((wait) => setTimeout(() => form.requestSubmit(), wait)); }"
    )
    page.wait_for_timeout(800)
    assert len(held) == 1
    held[0].continue_()
    password = page.locator(".slip-password").first.inner_text()
    cast.people["classmate"].refresh_from_db()
    assert cast.people["classmate"].check_password(password)
    with everywhere("a test looks at the history"):
        assert AuditEntry.objects.filter(fact="kernel.first_passwords_made").count() == 1
