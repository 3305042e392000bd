"""Doubles: the same file, address, text or title, each found among many and said why."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.resources import actions
from craftpath.domain.resources.models import Pair, Resource, TitleBand
from craftpath.kernel.search.likeness import title_bands, titles_alike
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.resources.world import WELDING, details, dropped, shared

pytestmark = pytest.mark.usefixtures("all_rows")
AID = "急救：心肺复苏。先确认现场安全，拍肩呼叫，拨打急救电话，再开始胸外按压，每分钟一百到一百二十次。"
PICTURE = b"\x89PNG\r\n\x1a\n"


def linked(cast: Cast, link: str, title: Text | None = None) -> Resource:
    where: dict[str, Any] = {"organisation": cast.college, "by": cast.actor("trainer"), "at": AT}
    return actions.add_link(link, title or Text(), made_id=uuid.uuid4(), **where)


def pairs() -> list[tuple[int, int, str]]:
    return sorted(Pair.objects.values_list("first", "second", "why"))


def test_the_same_address_is_found_in_whatever_way_it_is_spelt(cast: Cast) -> None:
    first = linked(cast, "https://www.example.org/film/?utm_source=mail")
    second = linked(cast, "http://example.org/film#t=10")
    linked(cast, "https://example.org/other")
    assert pairs() == [(first.pk, second.pk, "link")]


def test_nearly_the_same_title_is_found_where_there_is_no_text_to_compare(cast: Cast) -> None:
    first = shared(cast, PICTURE + b"one", "1.png", title=Text(zh="平角焊引弧示意图"))
    second = shared(cast, PICTURE + b"two", "2.png", title=Text(zh="平角焊引弧示意图（终稿）v2"))
    shared(cast, PICTURE + b"three", "3.png", title=Text(zh="立角焊收弧照片"))
    assert pairs() == [(first.pk, second.pk, "title")]


def test_the_same_title_over_another_text_is_no_double(cast: Cast) -> None:
    shared(cast, WELDING, "a.md", title=Text(zh="安全操作规程"))
    shared(cast, AID, "b.md", title=Text(zh="安全操作规程"))
    assert pairs() == []


def test_a_title_that_is_given_later_is_looked_for_then(cast: Cast) -> None:
    first = shared(cast, PICTURE + b"one", "1.png", title=Text(en="Fillet welding, how to strike the arc"))
    second = shared(cast, PICTURE + b"two", "2.png", title=Text(en="Something else"))
    assert pairs() == []
    said = details(title=Text(en="Fillet welding: how to strike an arc"))
    actions.change_resource(second, said, by=cast.actor("trainer"), at=AT)
    assert pairs() == [(first.pk, second.pk, "title")]
    assert set(TitleBand.objects.filter(resource=second).values_list("value", flat=True)) == set(
        title_bands("Fillet welding: how to strike an arc")
    )


def test_the_strongest_reason_is_said(cast: Cast) -> None:
    first, second = shared(cast), dropped(cast)
    third = dropped(cast, WELDING.replace("七十度角", "七十五度角"))
    assert pairs() == [
        (first.pk, second.pk, "bytes"),
        (first.pk, third.pk, "text"),
        (second.pk, third.pk, "text"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("平角焊讲义", "平角焊讲义 v2", True),
        ("车刀刃磨微课", "车刀刃磨微课（修改版）", True),
        ("第一课 车削外圆 1", "第一课 车削外圆 2", False),
        ("平角焊讲义", "立角焊讲义", False),
        ("Lathe safety rules", "Lathe safety rules (1)", True),
        ("CNC lathe CV100", "CNC lathe CV200", False),
    ],
)
def test_titles_are_the_same_but_for_what_people_add(one: str, other: str, same: bool) -> None:
    assert (titles_alike(one, other) >= 80) is same


def test_short_titles_say_too_little() -> None:
    assert title_bands("讲义") == []


def test_looking_for_doubles_asks_as_much_among_many(cast: Cast) -> None:
    def asked() -> int:
        row = dropped(cast, f"{WELDING} 又一份 {uuid.uuid4()}", "x.md")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            actions.share_resource(row, details(), by=cast.actor("trainer"), at=AT)
        return len(seen)

    shared(cast)
    few = asked()
    for number in range(30):
        shared(cast, f"{WELDING} {number}", f"{number}.md")
    assert asked() <= few


@pytest.mark.parametrize("link", ["http://", "https://[bad", "https://a:99999/"])
def test_an_address_without_a_host_is_refused(cast: Cast, link: str) -> None:
    with pytest.raises(Refused) as refused:
        linked(cast, link)
    assert refused.value.verdict.reason == "resources.link_unfit"
