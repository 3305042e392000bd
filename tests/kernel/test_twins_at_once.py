"""Two who merge the same records at the same moment, the one way and the other."""

from __future__ import annotations

import pytest
from django.db import connection

from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.topics import Mute
from craftpath.kernel.twins.tables import Merge
from tests.at_once import both
from tests.cast import Cast
from tests.kernel.twins import a_record, merged

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway"
    ),
]


def test_the_same_twice_is_done_once(cast: Cast) -> None:
    stays, goes = (a_record("周国栋", cast.jinheng) for _ in range(2))
    assert both(lambda: merged(stays, goes), lambda: merged(stays, goes)) == ["", ""]
    assert Merge._base_manager.count() == 1
    assert AuditEntry._base_manager.filter(fact="kernel.records_merged").count() == 2  # once of each record


def test_one_way_and_the_other_the_second_is_refused(cast: Cast) -> None:
    one, other = (a_record("周国栋", cast.jinheng) for _ in range(2))
    assert both(lambda: merged(one, other), lambda: merged(other, one)) == ["", "twins.gone_already"]
    assert Person.objects.filter(pk__in=[one.pk, other.pk], merged_into=None).count() == 1


def test_who_writes_meanwhile_waits_and_loses_nothing(cast: Cast) -> None:
    stays, goes = (a_record("周国栋", cast.jinheng) for _ in range(2))
    heard = both(lambda: merged(stays, goes), lambda: Mute.objects.create(person=goes, topic="log"))
    assert heard == ["", ""]
    assert Mute.objects.filter(person__in=[stays, goes]).count() == 1
