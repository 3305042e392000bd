"""What the tests of the whole house have in common."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """These ask for every address some dozen times: papers are laid out, and printed elsewhere."""

    def not_printed(page: str) -> bytes:
        assert page.startswith("<!doctype html>")
        return b"%PDF-1.7"

    for room in ("web.papers.sending", "exchange.papers"):
        monkeypatch.setattr(f"craftpath.delivery.{room}.print_page", not_printed)
