"""Whoever takes the consent to be quoted back under Privacy stands on no paper that was printed before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from craftpath.domain.bulletins.models import PURPOSE, Bulletin
from craftpath.kernel.consents import give_consent, withdraw_consent
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.bulletins.world import agreed, published, written


def _paper(row: Bulletin) -> Path:
    """What lies there once somebody has asked for it."""
    folder = Path(settings.VAR) / "bulletins" / row.public_id
    folder.mkdir(parents=True)
    made = folder / "one.pdf"
    made.write_bytes(b"%PDF")
    return made


@pytest.mark.django_db
def test_a_consent_that_is_taken_back_takes_the_printed_paper_with_it(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with everywhere("a test acts"):
        row = written(cast)
        agreed(cast, row)
        papers = [_paper(published(cast, row)), _paper(published(cast, written(cast)))]
    mentor, by = cast.people["mentor"], cast.actor("mentor", cast.jinheng)
    for act, purpose, left in (
        (give_consent, "research", [True, True]),
        (withdraw_consent, "research", [True, True]),
        (withdraw_consent, PURPOSE, [False, True]),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            act(mentor, purpose, by=by, at=AT)
        assert [paper.exists() for paper in papers] == left
