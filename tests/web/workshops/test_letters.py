"""The letter to a guest: its link opens the own page, its words do not hold the code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from craftpath.delivery.jobs.workshop_letters import letter_to
from craftpath.domain.workshops import actions, queries, seats
from tests.cast import AT, TODAY, Cast
from tests.domain.workshops.world import NOBODY, SECOND, came, comer, opened

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_guest_is_sent_the_link_and_not_the_code(cast: Cast) -> None:
    row = opened(cast)
    guest = came(row, 1)
    found = queries.to_write_to(guest.pk, TODAY)
    assert found == guest
    letter: EmailMessage = letter_to(guest)
    there = reverse("workshop:mine", args=[queries.token_of(guest)])
    assert letter.to == ["g1@example.com"]
    assert str(letter.body).count(there) == 2  # in each language
    assert guest.badge not in f"{letter.subject}{letter.body}"
    assert "研讨会" in letter.subject
    assert "code" in Client(HTTP_ACCEPT_LANGUAGE="en").get(there).content.decode()


def test_nobody_is_written_to_after_it_or_who_withdrew_or_has_an_account(cast: Cast) -> None:
    row, mine = opened(cast), cast.actor("apprentice")
    guest = came(row, 1)
    own = actions.register(row, comer(row, 2), person=mine.person, by=mine, at=AT)
    assert queries.to_write_to(own.pk, TODAY) is None
    assert queries.to_write_to(guest.pk, SECOND + timedelta(days=1)) is None
    actions.withdraw_registration(guest, by=NOBODY, at=AT)
    assert queries.to_write_to(guest.pk, TODAY) is None


def test_who_waits_is_told_so_and_written_to_again_with_a_seat(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, mine = opened(cast, seats=1), cast.actor("apprentice")
    first, guest = came(row, 1), came(row, 2)
    actions.register(row, comer(row, 3), person=mine.person, by=mine, at=AT)
    assert "waiting list" in letter_to(guest).body
    assert "候补名单" in letter_to(guest).body
    queued: list[tuple[str, int]] = []
    monkeypatch.setattr(seats, "enqueue", lambda name, pk: queued.append((name, pk)))
    actions.withdraw_registration(first, by=NOBODY, at=AT)
    assert queued == [(seats.LETTER, guest.pk)]
    guest.refresh_from_db()
    assert "waiting list" not in letter_to(guest).body
    actions.withdraw_registration(guest, by=NOBODY, at=AT)  # whoever has an account has a page and no letter
    assert len(queued) == 1
