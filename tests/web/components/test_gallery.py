"""The gallery is complete, and no component carries script or style of its own."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from craftpath.delivery.web import components

HERE = Path(components.__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.html") if path.stem != "gallery")
USE = re.compile(r'{% (?:put|component) "([a-z-]+)"')


def used_in(path):
    return set(USE.findall(path.read_text(encoding="utf-8")))


def test_every_component_is_shown_in_the_gallery():
    shell = HERE.parent / "shell"
    shown = used_in(HERE / "gallery.html") | used_in(shell / "page.html") | used_in(shell / "toasts.html")
    assert sorted(set(NAMES) - shown) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_component_carries_no_script_and_no_style(name):
    text = (HERE / f"{name}.html").read_text(encoding="utf-8")
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=)", text) == []


@pytest.mark.parametrize(("language", "title"), [("en", "Components"), ("zh-hans", "组件")])
@pytest.mark.django_db
def test_it_is_public_and_speaks_both_languages(client, language, title):
    page = client.get(reverse("components:gallery"), headers={"accept-language": language})
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.django_db
def test_a_column_head_turns_its_order_round(client):
    page = client.get(reverse("components:gallery"), {"sort": "to_date", "q": "x", "page": "2"})
    text = page.content.decode()
    assert text.count('aria-sort="ascending"') == 1
    assert 'href="?sort=-to_date&amp;q=x"' in text
