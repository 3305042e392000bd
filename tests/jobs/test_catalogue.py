"""Large files of catalogues are looked at by a worker, as whoever uploaded them, and not once that role has ended."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.delivery.jobs.bodies import catalogue
from craftpath.domain.occupations.actions import keep_import
from craftpath.domain.occupations.importing import AT_ONCE
from craftpath.domain.occupations.models import CatalogueImport
from craftpath.kernel.access import Membership
from tests.cast import AT, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def kept(cast: Cast, content: bytes) -> CatalogueImport:
    row = keep_import(
        content=content + b"\n" * AT_ONCE, name="a.csv", layout="list", made_id=uuid.uuid4(),
        organisation=cast.college, by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    assert row.state == "checking"
    return row


def state(row: CatalogueImport) -> tuple[str, list[str]]:
    now = CatalogueImport.objects.get(pk=row.pk)
    return now.state, [one["code"] for one in now.report.get("faults", ())]


def test_a_worker_looks_at_a_large_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("craftpath.domain.occupations.importing.enqueue", lambda _name, pk: asked.append(pk))
    good, later, bent = (kept(cast, b"code,title_en\nA,Apple\n") for _n in range(3))
    assert asked == [good.pk, later.pk, bent.pk]
    for _twice in range(2):
        catalogue.func(good.pk)
    assert state(good) == ("ready", [])
    monkeypatch.setattr("craftpath.delivery.exchange.catalogues.taking.read", None)
    with pytest.raises(TypeError):
        catalogue.func(bent.pk)
    assert state(bent) == ("refused", ["catalogue.failed"])
    Membership.objects.filter(person=cast.people["coordinator"]).update(ends_on=TODAY - timedelta(days=1))
    catalogue.func(later.pk)
    assert state(later) == ("refused", ["catalogue.without_role"])
