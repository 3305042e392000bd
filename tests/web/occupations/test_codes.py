"""Codes in forms: typed, found by words of a name, or chosen from what the words may mean; with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.delivery.web.occupations.codes import lines
from craftpath.domain.occupations.actions import load_classifications
from craftpath.domain.occupations.models import Catalogue, CatalogueEntry, Occupation
from craftpath.kernel.access import system
from tests.cast import AT, Cast

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]
WHO = "coordinator"


@pytest.fixture(autouse=True)
def _loaded(cast: Cast) -> None:
    load_classifications(by=system(), at=AT)


def kept(client: Client, **codes: str) -> Any:
    given = {"zh": "新职业", "en": "", "code_other": "", "words": "", "code_cn": "", "code_isco": ""}
    return client.post(reverse("occupations:new", args=["lanchuan"]), given | codes)


@pytest.mark.parametrize("typed", ["7212", " 7212 ", "welders and flame", "Welders and flamecutters"])
def test_a_code_is_typed_or_found_by_its_name(cast: Cast, browse: Browse, typed: str) -> None:
    assert kept(browse(WHO), code_isco=typed).status_code == 302
    assert Occupation.objects.get(name__zh="新职业").code_isco == "7212"


@pytest.mark.parametrize("typed", ["焊工", "hangong"])
def test_a_chinese_code_is_found_by_characters_and_by_pinyin(cast: Cast, browse: Browse, typed: str) -> None:
    kept(browse(WHO), code_cn=typed)
    assert Occupation.objects.get(name__zh="新职业").code_cn == "6-18-02-04"


def test_of_several_lines_one_is_chosen_without_a_script(cast: Cast, browse: Browse) -> None:
    client = browse(WHO)
    answer = kept(client, code_isco="machine tool")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one, or add a word" in page
    assert '<input type="radio" name="code_isco-pick" value="7223">' in page
    kept(client, **{"code_isco": "machine tool", "code_isco-pick": "7223"})
    assert Occupation.objects.get(name__zh="新职业").code_isco == "7223"
    assert "Try others, or type the code" in kept(client, code_isco="no such words").content.decode()
    assert "No code is as long" in kept(client, code_isco="7" * 9).content.decode()


def test_lines_stand_below_a_field_while_one_types(cast: Cast, browse: Browse) -> None:
    client = browse(WHO)
    where = reverse("occupations:codes", args=["lanchuan", "isco-08"])
    page = client.get(where, {"name": "code_isco", "code_isco": "722"}).content.decode()
    assert page.index('value="7221"') < page.index('value="722"')  # what is asked for stands before its group
    assert "radio" not in client.get(where, {"name": "code_isco", "code_isco": ""}).content.decode()
    assert client.get(where, {"name": "code_isco", "code_isco": "\0 x"}).status_code == 200
    assert client.get(where, {"name": '"><b', "code_isco": "7"}).status_code == 404
    assert client.get(where.replace("isco-08", "other"), {"name": "a", "a": "7"}).status_code == 404


def test_an_own_line_stands_instead_of_the_shared_one(cast: Cast) -> None:
    own = Catalogue.objects.create(organisation=cast.college, key="isco-08", version="1", name={}, made_at=AT)
    CatalogueEntry.objects.create(
        catalogue=own, kind="occupation", key="7212", code="7212", name={"en": "Our welders"}, words="welders"
    )
    [line] = [one for one in lines("isco-08", "welders") if one.code == "7212"]
    assert line.name == {"en": "Our welders"}
