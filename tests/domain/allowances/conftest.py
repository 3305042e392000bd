"""Jobs of these tests wait until a test carries them out itself."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("craftpath.domain.allowances.running.enqueue", lambda _name, _pk: None)
