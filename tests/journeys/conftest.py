"""A real browser: Debian's Chromium, driven by Playwright, with the accessibility rules of axe."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

AXE = Path(settings.ROOT) / "vendor" / "static" / "axe.min.js"


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests wait for each other: all threads of a live server share one connection to a database in memory.

    Two of them inside transactions at once would end each other's, which no real server does.
    """
    turn, answer = threading.RLock(), BaseHandler.get_response

    def in_turn(handler: BaseHandler, request: Any) -> Any:
        with turn:
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", in_turn)


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser context of a size, theme and language, signed in as somebody or nobody."""
    opened: list[BrowserContext] = []

    def enter(
        person: Any = None,
        *,
        width: int = 1280,
        theme: str = "light",
        language: str = "en",
        scripts: bool = True,
    ) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]
            base_url=live_server.url,
            java_script_enabled=scripts,
            locale="zh-CN" if language.startswith("zh") else "en-GB",
        )
        context.set_default_timeout(10_000)
        cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
        if person is not None:
            client = Client()
            client.force_login(person)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url})
        context.add_cookies(cookies)  # type: ignore[arg-type]
        opened.append(context)
        return context

    yield enter
    for context in opened:
        context.close()


# What a text is read by: its colour on the nearest ground that is painted, its size and its weight.
SHADES = """() => {
  const painted = (one) => {
    const style = getComputedStyle(one);
    return style.backgroundImage !== "none" || !/^(transparent|rgba\\(.*, 0\\))$/.test(style.backgroundColor);
  };
  const shade = (one) => {
    let ground = one;
    while (ground && !painted(ground)) ground = ground.parentElement;
    const own = getComputedStyle(one), under = ground && getComputedStyle(ground);
    const behind = under ? [under.backgroundColor, under.backgroundImage] : [];
    return [own.color, own.opacity, own.fontSize, own.fontWeight, ...behind].join(" ");
  };
  const texts = [...document.querySelectorAll("body, body *")].filter((one) =>
    one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return [...new Set(texts.map(shade))];
}"""


def faults_of(page: Any, shades: set[str] | None = None) -> list[str]:
    """What axe finds on the page once it has come to rest, one line a rule.

    `shades` are those whose contrast was found to be enough on pages before: contrast, which takes longer than all
    other rules together, is asked again where a page has another one; what is enough is added.
    """
    # Half faded in, a toast has half its contrast: what moves is let finish first.
    page.evaluate(
        "Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity)"
        ".map(one => one.finished.catch(() => null)))"
    )
    # Evaluated from outside, so the page's own policy against foreign scripts stays in force.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    shown = set(page.evaluate(SHADES)) if shades is not None else set()
    known = shades is not None and shown <= shades
    found: list[str] = page.evaluate(
        "known => axe.run(document, {resultTypes: ['violations'], rules: {'color-contrast': {enabled: !known}}})"
        ".then(found => found.violations.map("
        "rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 160)).join(' | ')))",
        known,
    )
    if shades is not None and not any(fault.startswith("color-contrast") for fault in found):
        shades |= shown
    return found
