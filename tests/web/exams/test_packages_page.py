"""QTI packages by their pages: looked at first, taken in once, and out again just as they came."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.exams.models import Item, Package, Picture, Stimulus
from craftpath.domain.exams.queries import items, tags_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.exchange.exams.qti_samples import SAMPLES, item
from tests.exchange.exams.test_qti import BOMB
from tests.web.exams.conftest import at

pytestmark = pytest.mark.django_db


def _file(content: bytes, name: str = "题包.zip") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("form", ["2", "3"])
def test_what_goes_out_comes_in_unchanged_at_another_college(
    trainer: Client, cast: Cast, bank: dict[str, Item], form: str
) -> None:
    out = trainer.get(f"{at('give')}?form={form}")
    assert out["Content-Disposition"].startswith("attachment")
    prints = {item.kind: item.newest.fingerprint for item in items()}
    neighbour = Client(HTTP_ACCEPT_LANGUAGE="en")
    neighbour.force_login(cast.people["stranger"])
    there = at("take").replace("/lanchuan/", "/dongling/")
    looked = neighbour.post(there, _file(out.content), follow=True)
    assert "9 understood" in looked.content.decode()
    assert Item.objects.filter(organisation=cast.neighbour).count() == 0
    package = Package.objects.get(organisation=cast.neighbour).public_id
    for _ in range(2):  # pressed twice
        done = neighbour.post(there, {"package": package}).content.decode()
    assert "9 were in the bank already" in done
    here = {item.kind: item.newest.fingerprint for item in items().filter(organisation=cast.neighbour)}
    del here["hotspot"], prints["hotspot"]  # its picture has another name there
    assert here == prints
    assert {item.state for item in items().filter(organisation=cast.neighbour)} == {"draft"}
    first, second = Picture.objects.order_by("pk")
    assert first.sha256 == second.sha256


def test_at_home_everything_is_there_already(trainer: Client, bank: dict[str, Item]) -> None:
    out = trainer.get(at("give")).content
    trainer.post(at("take"), _file(out))
    done = trainer.post(at("take"), {"package": Package.objects.get().public_id}).content.decode()
    assert "9 were in the bank already" in done
    assert Item.objects.count() == 9


def test_only_what_was_chosen_goes_out(trainer: Client, bank: dict[str, Item]) -> None:
    out = trainer.get(f"{at('give')}?item={bank['single'].public_id}&item={bank['essay'].public_id}").content
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert sum(name.startswith("items/") for name in archive.namelist()) == 2
    assert trainer.get(f"{at('give')}?q=nothing-like-this").status_code == 409


@pytest.mark.parametrize("content", [b"", b"hello", BOMB, b"PK\x03\x04 half"])
def test_a_file_that_cannot_be_read_says_why(trainer: Client, content: bytes) -> None:
    answer = trainer.post(at("take"), _file(content))
    assert answer.status_code == 422
    with everywhere("a test looks"):
        assert not Package.objects.exists()


def test_what_is_not_understood_is_listed_with_the_reason(trainer: Client) -> None:
    body = '<itemBody><p>x</p><matchInteraction responseIdentifier="R"/></itemBody>'
    content = f'<assessmentItem identifier="x" title="Slide">{body}</assessmentItem>'.encode()
    page = trainer.post(at("take"), _file(content, "x.xml"), follow=True).content.decode()
    assert "1 not understood" in page
    assert "Pairs need two sides." in page
    with everywhere("a test looks"):
        package = Package.objects.get().public_id
    assert trainer.post(at("take"), {"package": package}).status_code == 409


def test_an_item_of_several_questions_comes_in_as_several_with_their_text(trainer: Client) -> None:
    content = SAMPLES["text and choice, each for itself"][0].encode()
    page = trainer.post(at("take"), _file(content, "x.xml"), follow=True).content.decode()
    assert "2 understood" in page
    assert "It asks 2 questions in one item. Each became an item; they share its text." in page
    with everywhere("a test looks"):
        package = Package.objects.get().public_id
    assert "2 items came in as drafts." in trainer.post(at("take"), {"package": package}).content.decode()
    with everywhere("a test looks"):
        one, other = (item.newest.stimulus for item in items())
    assert one == other
    assert one.body == {"en": "Feed **(1)** with coolant **(2)**."}


def test_an_item_that_asks_nothing_comes_in_as_a_text(trainer: Client) -> None:
    content = item("<p>Read the drawing first.</p>").encode()
    trainer.post(at("take"), _file(content, "x.xml"))
    with everywhere("a test looks"):
        package = Package.objects.get().public_id
    for _ in range(2):
        done = trainer.post(at("take"), {"package": package}).content.decode()
        assert "1 text came in as a shared text." in done
    with everywhere("a test looks"):
        assert not items()
        assert Stimulus.objects.get().body == {"en": "Read the drawing first."}


def test_wicked_tags_of_a_package_are_left_out(trainer: Client, bank: dict[str, Item]) -> None:
    out = trainer.get(f"{at('give')}?item={bank['essay'].public_id}").content
    with zipfile.ZipFile(io.BytesIO(out)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    said = b'{"tags": {"difficulty": "x", "seconds": -5, "expected_p": "x", "skills": ["no", 7], "exposure_limit": 0}}'
    manifest = parts["imsmanifest.xml"]
    start = manifest.index(b'<item xmlns="urn:craftpath:item:1">') + len(
        b'<item xmlns="urn:craftpath:item:1">'
    )
    parts["imsmanifest.xml"] = manifest[:start] + said + manifest[manifest.index(b"</item>", start) :]
    parts = {name: part.replace("工艺过程".encode(), "工艺路线".encode()) for name, part in parts.items()}
    bent = io.BytesIO()
    with zipfile.ZipFile(bent, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    trainer.post(at("take"), _file(bent.getvalue()))
    trainer.post(at("take"), {"package": Package.objects.get().public_id})
    item = items()[0]
    tags = tags_of(item)
    assert (tags.difficulty, tags.seconds, tags.expected_p, tags.skills, tags.exposure_limit) == (
        "",
        None,
        None,
        (),
        None,
    )
