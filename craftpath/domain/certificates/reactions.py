"""What certificates hand down to `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.certificates.facts import CertificatesIssued
from craftpath.domain.certificates.models import Certificate
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on


@on(CertificatesIssued)
def on_certificates_issued(told: Told) -> None:
    """Everybody has completed what theirs certifies; one that takes another's place says nothing new."""
    rows = Certificate._base_manager.filter(public_id__in=told.fact.certificates, replaces=None)
    statements = [
        NewStatement(
            key=f"certificate:{row.public_id}",
            person=row.person,
            verb="completed",
            object_id=f"{settings.ADDRESS}/c/{row.public_id}/",
            object_name={
                language: row.content["title"][key]
                for key, language in (("zh", "zh-Hans"), ("en", "en"))
                if row.content["title"].get(key)
            },
            at=told.entry.at,
        )
        for row in rows.select_related("person").order_by("pk")
    ]
    place = told.entry.organisation
    record_statements(statements, organisation=place, by=system(place), at=told.entry.at)
