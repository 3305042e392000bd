"""scim2-tester, which nobody here wrote, over everything that this service announces."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from craftpath.kernel.clients import make_service_client
from tests.cast import Cast

BASE = "http://testserver/scim/v2"
ANNOUNCED = {
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:schemas:core:2.0:Group",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
}
CHECKS = 135  # with these three schemas whole; fewer would mean that less is announced


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_every_check_of_the_tester_succeeds(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = 100_000  # it asks quicker than a personnel system would
    at = timezone.now()
    made = make_service_client(
        cast.college, name="HR", scopes=["scim"], roles=["administrator"], expires_at=at + timedelta(days=30),
        by=cast.actor("administrator"), at=at,
    )  # fmt: skip
    client = WSGISCIMClient(
        get_wsgi_application(), base_url=BASE, headers={"Authorization": f"Bearer {made.token}"}
    )
    results = check_server(client)
    told = Counter(result.status.name for result in results)
    sys.stdout.write(f"scim2-tester: {len(results)} checks, {dict(told)}\n")
    wrong = [
        (result.title, result.resource_type, result.reason)
        for result in results
        if result.status is not Status.SUCCESS
    ]
    assert wrong == []
    assert len(results) >= CHECKS
    assert {str(schema.id) for schema in client.provider.schemas} == ANNOUNCED
