"""A Common Cartridge in the library: as a course, or as single resources with a common origin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.domain.packages.models import Package
from craftpath.domain.resources.models import Resource
from tests.cast import Cast
from tests.domain.resources.world import dropped
from tests.exchange.courses.made import cartridge, packed

ITEMS = (
    '<item identifier="i1" identifierref="r1"><title>Lathe safety</title></item>'
    '<item identifier="i2" identifierref="r2"><title>Film</title></item>'
    '<item identifier="i3" identifierref="r3"><title>Quiz</title></item>'
)
PARTS = (
    '<resource identifier="r1" type="webcontent" href="a.html"><file href="a.html"/></resource>'
    '<resource identifier="r2" type="imswl_xmlv1p1"><file href="l.xml"/></resource>'
    '<resource identifier="r3" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="q.xml"/></resource>'
)
FILES = {
    "imsmanifest.xml": cartridge(ITEMS, PARTS),
    "a.html": "<html><h1>Lathe safety</h1><p>Glasses on, gloves off.</p></html>",
    "l.xml": '<webLink><title>Film</title><url href="https://films.example/1"/></webLink>',
    "q.xml": "<questestinterop><assessment><section><item/></section></assessment></questestinterop>",
}
pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_cartridge_becomes_single_resources_once(cast: Cast, browse: Callable[[str], Client]) -> None:
    row = dropped(cast, packed(FILES), "kurs.imscc")
    assert row.versions.get().form == "imscc"
    client = browse("trainer")
    page = client.get(reverse("resources:confirm", args=["lanchuan"])).content.decode()
    assert "As single resources" in page
    move = reverse("resources:move", args=["lanchuan", row.public_id, "part"])
    page = client.post(move, follow=True).content.decode()
    assert "1 was left out: Quiz" in page
    made = Resource.objects.exclude(pk=row.pk).order_by("pk")
    assert [(one.kind, one.state, one.origin) for one in made] == [
        ("document", "draft", "金工 Metal"),
        ("link", "draft", "金工 Metal"),
    ]
    client.post(move)
    assert made.count() == 2


def test_a_cartridge_is_taken_as_a_course(cast: Cast, browse: Callable[[str], Client]) -> None:
    row = dropped(cast, packed(FILES), "kurs.imscc")
    answer = browse("trainer").post(reverse("resources:move", args=["lanchuan", row.public_id, "course"]))
    package = Package.objects.get()
    assert answer.headers["Location"] == reverse("packages:package", args=["lanchuan", package.public_id])


def test_what_is_no_cartridge_says_so(cast: Cast, browse: Callable[[str], Client]) -> None:
    row = dropped(cast)
    for verb in ("part", "course"):
        answer = browse("trainer").post(reverse("resources:move", args=["lanchuan", row.public_id, verb]))
        assert answer.status_code == 409
        assert "no package of a course" in answer.content.decode()
