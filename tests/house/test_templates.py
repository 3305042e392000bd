"""Templates: all compile (which checks every component and prop), all are used, none holds script or style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

WEB = Path(__file__).resolve().parents[2] / "craftpath" / "delivery" / "web"
TEMPLATES = sorted(path.relative_to(WEB) for path in WEB.rglob("*.html"))
COMPONENTS = {path for path in TEMPLATES if path.parts[0] == "components"}


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p not in COMPONENTS], ids=str)
def test_it_compiles(path: Path) -> None:
    get_template(str(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_it_holds_no_script_and_no_style(path: Path) -> None:
    text = (WEB / path).read_text("utf-8")
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []


def test_every_page_is_used() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in [*WEB.rglob("*.py"), *WEB.rglob("*.html")])
    found_by_name = {p for p in TEMPLATES if p.stem in {"403", "403_csrf", "429"}}  # by Django and allauth
    unused = [str(p) for p in TEMPLATES if p not in COMPONENTS | found_by_name and str(p) not in sources]
    assert unused == []


def test_every_component_is_used_or_shown() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in WEB.rglob("*.html"))
    unused = [p.stem for p in COMPONENTS if not re.search(rf"\b{re.escape(p.stem)}\b", sources)]
    assert unused == []
