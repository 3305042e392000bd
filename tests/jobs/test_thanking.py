"""Thanks after a workshop: what the letter leads to, and that nobody has two, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from craftpath.delivery.jobs import thanking
from craftpath.delivery.jobs.workshop_letters import thanks_to
from craftpath.domain.workshops import actions, queries, thanked
from craftpath.domain.workshops.models import Registration, Workshop
from craftpath.kernel.access import system
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.workshops.world import MORNING, NOBODY, came, comer, day_of, opened

pytestmark = pytest.mark.usefixtures("all_rows")
AFTER = MORNING + timedelta(days=2)


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Jobs wait until the test runs them."""
    found: list[int] = []
    for module in ("craftpath.domain.workshops.thanking", "craftpath.delivery.jobs.thanking"):
        monkeypatch.setattr(f"{module}.enqueue", lambda _name, pk: found.append(pk))
    return found


def _held(cast: Cast, people: int = 2) -> tuple[Workshop, list[Registration]]:
    """Guests who came, one who did not, one without an address."""
    row, by = opened(cast, seats=30, share=50), cast.actor("coordinator")
    guests = [came(row, number) for number in range(1, people + 1)]
    silent = came(row, 98, email="", phone="13800000000")
    for guest in (*guests, silent):
        for day in queries.days_of(row):
            actions.check_in(guest, day, by=by, at=day.starts_at())
    came(row, 99)
    return actions.finish_workshop(row, by=by, at=AFTER), guests


def _addressed() -> list[str]:
    return [one for letter in mail.outbox for one in letter.to]


def _run(row: Workshop) -> None:
    thanking.workshop_thanks.func(row.pk)


def test_everybody_who_came_is_thanked_once(cast: Cast, queued: list[int]) -> None:
    row, _guests = _held(cast)
    by = cast.actor("coordinator")
    assert [actions.thank_comers(row, by=by, at=AFTER) for _press in range(2)] == [2, 2]
    for _job in queued:
        _run(row)
    assert _addressed() == ["g1@example.com", "g2@example.com"]
    with pytest.raises(Refused) as refused:
        actions.thank_comers(row, by=by, at=AFTER)
    assert refused.value.verdict.reason == "workshops.nobody_to_thank"
    found = thanked.thanks_of(row)
    assert (found.due, found.written, found.unknown) == (0, 2, 1)


def test_one_address_is_one_person(cast: Cast, queued: list[int]) -> None:
    row, by = opened(cast, seats=9), cast.actor("coordinator")
    mine = cast.actor("apprentice")
    mine.person.email = "own@example.com"  # type: ignore[union-attr]
    mine.person.save()  # type: ignore[union-attr]
    own = actions.register(row, comer(row, 1, email="", phone="1"), person=mine.person, by=mine, at=AT)
    for one in (own, came(row, 2, email="Own@example.com")):
        actions.check_in(one, day_of(row), by=by, at=MORNING)
    actions.finish_workshop(row, by=by, at=AFTER)
    actions.thank_comers(row, by=by, at=AFTER)
    _run(row)
    assert _addressed() == ["own@example.com"]
    assert thanked.thanks_of(row).due == 0


def test_only_what_was_held_is_thanked_for_by_whoever_runs_it(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    for actor, reason in ((by, "workshops.not_held"), (cast.actor("trainer"), "kernel.role_lacks")):
        with pytest.raises(Refused) as refused:
            actions.thank_comers(row, by=actor, at=AFTER)
        assert refused.value.verdict.reason == reason
    with pytest.raises(Refused):
        actions.thank_comers(row, by=NOBODY, at=AFTER)


def test_many_are_written_to_in_slices(
    cast: Cast, queued: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thanking, "SLICE", 2)
    row, _guests = _held(cast, 5)
    left = [row.pk]
    while left:
        left.pop()
        _run(row)
        left, queued[:] = [*queued], []
    assert len(_addressed()) == len(set(_addressed())) == 5


def test_a_server_that_is_away_is_asked_again_and_one_refused_letter_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, guests = _held(cast)
    put_off: list[Any] = []

    def away(_self: EmailBackend) -> bool:
        raise ConnectionRefusedError

    class Later:
        def enqueue(self, pk: int) -> None:
            put_off.append(pk)

    monkeypatch.setattr(type(thanking.workshop_thanks), "using", lambda _task, **_when: Later())
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "open", away)
        _run(row)
    assert (put_off, mail.outbox, thanked.thanks_of(row).due) == ([row.pk], [], 2)

    send = EmailBackend.send_messages

    def picky(self: EmailBackend, letters: Any) -> int:
        if letters[0].to == ["g1@example.com"]:
            raise OSError
        return send(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    _run(row)
    assert _addressed() == ["g2@example.com"]
    _run(row)
    assert not actions.claim_thanks(guests[0], by=system(), at=AFTER)
    assert _addressed() == ["g2@example.com"]


def test_the_letter_leads_to_what_there_is(cast: Cast) -> None:
    row, guests = _held(cast)
    guest = thanked.came_to(row).get(pk=guests[0].pk)
    there = reverse("workshop:certificate", args=[queries.token_of(guest)])
    bare: EmailMessage = thanks_to(guest, materials=False)
    assert there not in bare.body
    assert "#agenda" not in bare.body
    actions.issue_certificates(row, by=cast.actor("coordinator"), at=AFTER)
    whole = thanks_to(thanked.came_to(row).get(pk=guest.pk), materials=True)
    assert str(whole.body).count(there) == str(whole.body).count("#agenda") == 2  # in each language
    assert guest.badge not in f"{whole.subject}{whole.body}"
    assert "感谢" in whole.subject


def test_whoever_has_an_account_is_written_to_in_the_own_language(cast: Cast) -> None:
    row, mine = opened(cast), cast.actor("apprentice")
    assert mine.person is not None
    mine.person.language = "en"
    own = actions.register(row, comer(row, 1), person=mine.person, by=mine, at=AT)
    letter = thanks_to(own, materials=True)
    assert "感谢" not in f"{letter.subject}{letter.body}"
    assert "Thank you for coming" in letter.subject
