"""Sending a link: once as far as anybody can tell, never in clear in the database, and a failure that is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from craftpath.delivery.jobs import bodies
from craftpath.delivery.jobs.letters import for_chat
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.link_mail import (
    SENDINGS,
    forget_sealed,
    note_mail,
    send_link,
    send_link_again,
    to_send,
)
from craftpath.kernel.links import Handover, Purpose, SignedLink, make_link, revoke_links, try_code
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
SUBJECT = Ref("kernel", "party", "x")
TO = "father@example.com"
DOWN = "tests.jobs.servers.Down"


@pytest.fixture
def handed(cast: Cast) -> Handover:
    return make_link(
        SUBJECT, purpose=Purpose.SIGN, name="陈建国", organisation=cast.college,
        by=cast.actor("coordinator"), at=bodies.timezone.now(),
    )  # fmt: skip


def send(cast: Cast, handed: Handover, to: str = TO, language: str = "en") -> SignedLink:
    address = f"https://site.example/sign/{handed.token}/"
    send_link(
        handed.link,
        address=address,
        to=to,
        language=language,
        by=cast.actor("coordinator"),
        at=bodies.timezone.now(),
    )
    return SignedLink.objects.get(pk=handed.link.pk)


def secret(handed: Handover) -> str:
    return handed.token.partition(":")[0]


@pytest.mark.parametrize(
    ("language", "asks", "genuine"),
    [
        (
            "en",
            "Lanchuan Technician College asks you to read a text and sign it",
            "nobody asks you for money",
        ),
        ("zh-hans", "澜川技师学院请您阅读一份文本并签署", "不会有人通过邮件"),
    ],
)
def test_the_letter_says_who_what_until_when_and_how_to_trust_it(
    cast: Cast, handed: Handover, language: str, asks: str, genuine: str
) -> None:
    row = send(cast, handed, language=language)
    (letter,) = mail.outbox
    assert letter.to == [TO]
    assert letter.subject == asks
    for part in ("陈建国", asks, genuine, "何静", f"https://site.example/sign/{handed.token}/", "2026"):
        assert part in letter.body or part == "2026"
    assert str(row.expires_at.year) in letter.body
    assert handed.code not in letter.body + letter.subject
    assert handed.code not in for_chat(row, "https://site.example/", language)


def test_what_waits_is_sealed_and_wiped_when_it_was_sent(
    cast: Cast, handed: Handover, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.kernel.link_mail.enqueue", lambda *_: None)
    row = send(cast, handed)
    assert (row.mail, bool(row.mail_sealed)) == ("waiting", True)
    kept = str(SignedLink.objects.filter(pk=row.pk).values()) + str(
        list(AuditEntry.objects.values_list("payload", "subject"))
    )
    assert secret(handed) not in kept
    found = to_send(row.pk, row.mail_try, bodies.timezone.now())
    assert found is not None
    assert secret(handed) in found.address
    bodies.mail_link.func(row.pk, row.mail_try)
    row.refresh_from_db()
    assert (row.mail, row.mail_sealed) == ("sent", "")
    assert row.mail_sent_at is not None
    assert AuditEntry.objects.filter(fact="kernel.link_mailed").count() == 1


def test_a_job_that_runs_again_sends_nothing_more(cast: Cast, handed: Handover) -> None:
    row = send(cast, handed)
    for _ in range(3):
        bodies.mail_link.func(row.pk, row.mail_try)
        send(cast, handed)  # the same press once more
    assert len(mail.outbox) == 1


def test_a_worker_killed_before_it_noted_sends_once_more_and_only_then(
    cast: Cast, handed: Handover, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(bodies.link_mail, "note_mail", lambda *_, **__: None)
        row = send(cast, handed)
    assert (row.mail, len(mail.outbox)) == ("waiting", 1)
    bodies.mail_link.func(row.pk, row.mail_try)  # as the sweep puts it back
    row.refresh_from_db()
    assert (row.mail, len(mail.outbox)) == ("sent", 2)
    bodies.mail_link.func(row.pk, row.mail_try)
    assert len(mail.outbox) == 2


def test_a_failure_is_noted_and_sent_again_by_one_press(cast: Cast, handed: Handover, settings: Any) -> None:
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DOWN
    row = send(cast, handed)
    assert (row.mail, bool(row.mail_sealed), len(mail.outbox)) == ("failed", True, 0)
    assert AuditEntry.objects.filter(fact="kernel.link_mail_failed").count() == 1
    settings.EMAIL_BACKEND = works
    for _ in range(2):
        send_link_again(row, by=cast.actor("coordinator"), at=bodies.timezone.now())
    row.refresh_from_db()
    assert (row.mail, len(mail.outbox)) == ("sent", 1)
    assert secret(handed) in mail.outbox[0].body


def test_a_late_word_of_an_earlier_sending_counts_for_nothing(cast: Cast, handed: Handover) -> None:
    row = send(cast, handed)
    note_mail(row, 0, sent=False, by=system(), at=AT)
    note_mail(row, row.mail_try, sent=False, by=system(), at=AT)
    row.refresh_from_db()
    assert row.mail == "sent"


def test_another_address_is_another_letter_and_five_are_enough(cast: Cast, handed: Handover) -> None:
    for number in range(SENDINGS):
        send(cast, handed, to=f"{number}@example.com")
    with pytest.raises(Refused, match="kernel.link_mail_too_often"):
        send(cast, handed, to="one.more@example.com")
    assert len(mail.outbox) == SENDINGS


@pytest.mark.parametrize("end", ["revoke", "lock", "expire"])
def test_what_is_sealed_does_not_outlive_its_link(
    cast: Cast, handed: Handover, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("craftpath.kernel.link_mail.enqueue", lambda *_: None)
    row, now = send(cast, handed), bodies.timezone.now()
    if end == "revoke":
        revoke_links(SUBJECT, by=cast.actor("coordinator"), at=now)
    elif end == "lock":
        for _ in range(5):
            try_code(row, "x", by=system(cast.college), at=now)
    else:
        assert forget_sealed(by=system(), at=now) == 0
        assert forget_sealed(by=system(), at=now + timedelta(days=15)) == 1
    row.refresh_from_db()
    assert row.mail_sealed == ""
    assert to_send(row.pk, row.mail_try, now + timedelta(days=15)) is None
    bodies.mail_link.func(row.pk, row.mail_try)
    assert mail.outbox == []


def test_a_seal_of_another_key_is_a_failure_and_no_empty_letter(
    cast: Cast, handed: Handover, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("craftpath.kernel.link_mail.enqueue", lambda *_: None)
    row = send(cast, handed)
    settings.SECRET_KEY = "another"
    bodies.mail_link.func(row.pk, row.mail_try)
    row.refresh_from_db()
    assert (row.mail, mail.outbox) == ("failed", [])
    with pytest.raises(Refused, match="kernel.link_mail_gone"):
        send_link_again(row, by=cast.actor("coordinator"), at=bodies.timezone.now())


@pytest.mark.parametrize(
    "to",
    [
        "",
        "x",
        "a@b",
        "a@example.com\nBcc: all@example.com",
        "a@example.com, b@example.com",
        "x" * 250 + "@e.cn",
    ],
)
def test_what_is_no_address_gets_no_letter(cast: Cast, handed: Handover, to: str) -> None:
    with pytest.raises(Refused, match="kernel.mail_address_wrong"):
        send(cast, handed, to=to)
    assert mail.outbox == []


def test_only_who_may_make_the_link_sends_it(cast: Cast, handed: Handover) -> None:
    for who, place in (("trainer", cast.college), ("hr", cast.jinheng), ("stranger", cast.neighbour)):
        with pytest.raises(Refused):
            send_link(
                handed.link,
                address="https://x",
                to=TO,
                language="en",
                by=cast.actor(who, place),
                at=bodies.timezone.now(),
            )
    assert mail.outbox == []
