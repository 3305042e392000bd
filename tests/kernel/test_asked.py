"""Questions that are put together once: the same answers as ever, and nothing but their form is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from craftpath.kernel.asked import FEW, Asked
from craftpath.kernel.clients import Client, authenticate, make_service_client
from craftpath.kernel.organisations import Organisation
from tests.cast import AT, Cast


def counted(make: Callable[..., Any]) -> tuple[Callable[..., Any], list[int]]:
    made: list[int] = []

    def counting(*values: Any) -> Any:
        made.append(len(values))
        return make(*values)

    return counting, made


def by_keys(*keys: Any) -> models.QuerySet[Any, Any]:
    return (
        Organisation.objects.filter(key__in=keys).order_by("key").values_list("key", "name", "second_factor")
    )


def test_it_answers_as_the_query_does_and_is_put_together_once(cast: Cast) -> None:
    make, made = counted(by_keys)
    asked = Asked(make, models.CharField())
    for keys in (("lanchuan", "jinheng"), ("qinghe", "jinheng"), ("nowhere", "lanchuan")):
        assert list(asked.rows(*keys)) == list(by_keys(*keys))
    assert made == [2]
    assert [type(cell) for cell in next(asked.rows("lanchuan"))] == [str, dict, bool]
    assert made == [2, 1]


def test_moments_and_lists_come_as_they_are(cast: Cast) -> None:
    new = make_service_client(
        cast.college, name="Board", scopes=["read"], roles=["trainer"], expires_at=AT + timedelta(days=3),
        by=cast.actor("administrator"), at=AT,
    )  # fmt: skip

    def make(own: Any, before: Any) -> models.QuerySet[Any, Any]:
        rows = Client._base_manager.filter(pk=own, expires_at__lt=before)
        return rows.values_list("expires_at", "roles", "person_id")

    asked = Asked(make, models.BigIntegerField(), models.DateTimeField())
    until = AT + timedelta(days=3)
    assert list(asked.rows(new.client.pk, until + timedelta(seconds=1))) == [(until, ["trainer"], None)]
    assert list(asked.rows(new.client.pk, until)) == []


@pytest.mark.parametrize("number", [FEW, FEW + 1])
def test_many_values_are_asked_for_as_ever(cast: Cast, number: int) -> None:
    make, made = counted(by_keys)
    asked, keys = Asked(make, models.CharField()), ["lanchuan", *map(str, range(number - 1))]
    for _ in range(3):
        assert [row[0] for row in asked.rows(*keys)] == ["lanchuan"]
    assert len(made) == (1 if number <= FEW else 3)


def test_no_answer_is_remembered(cast: Cast) -> None:
    asked = Asked(by_keys, models.CharField())
    before = next(asked.rows("lanchuan"))
    Organisation.objects.filter(key="lanchuan").update(second_factor=True)
    assert (before[2], next(asked.rows("lanchuan"))[2]) == (False, True)


def test_a_value_is_never_a_part_of_the_question(cast: Cast) -> None:
    asked = Asked(by_keys, models.CharField())
    assert list(asked.rows("lanchuan")) != []
    for hostile in ("' OR '1'='1", "%s", "lanchuan'); --", "lanchuan\\"):
        assert list(asked.rows(hostile)) == []


def test_a_token_is_looked_for_at_every_request(cast: Cast) -> None:
    """What was found a moment ago says nothing: it is revoked, its person switched off, its place renamed."""
    new = make_service_client(
        cast.college, name="Board", scopes=["read"], roles=["trainer"], expires_at=AT + timedelta(days=3),
        by=cast.actor("administrator"), at=AT,
    )  # fmt: skip
    header = f"Bearer {new.token}"
    first = authenticate(header, AT)
    assert first is not None
    with CaptureQueriesContext(connection) as asked:
        again = authenticate(header, AT)
    assert again is not None
    assert len(asked) == 1
    assert (again.client, again.client.organisation, again.client.person) == (new.client, cast.college, None)
    Organisation.objects.filter(pk=cast.college.pk).update(name={"zh": "新", "en": "New"})
    renamed = authenticate(header, AT)
    assert renamed is not None
    assert renamed.client.organisation.title.en == "New"
    Client._base_manager.filter(pk=new.client.pk).update(revoked_at=AT)  # as another process would
    assert authenticate(header, AT) is None
