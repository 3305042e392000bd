"""The daily digest: one a day and a person, nothing if nothing waits, resumed without a second mail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from craftpath.delivery.exchange.letters import digest_letter
from craftpath.delivery.jobs import digesting
from craftpath.delivery.jobs.housekeeping import keep_house
from craftpath.domain.logbook.models import Entry
from craftpath.kernel.access import Actor, system
from craftpath.kernel.digests import (
    Digest,
    DigestRound,
    Mail,
    begin_round,
    claim_mail,
    keep_digests,
    note_mails,
    read_digests,
)
from craftpath.kernel.people import Person
from craftpath.kernel.topics import mute_topics
from craftpath.values.verdict import Refused
from tests import fresh
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing import furnish
from tests.house.making import make_agreements, make_contest

pytestmark = pytest.mark.usefixtures("all_rows")
ZONE = "Asia/Shanghai"


def round_of(day: object = TODAY) -> DigestRound:
    turn, _new = begin_round(ZONE, day, queue=False, by=system(), at=AT)  # type: ignore[arg-type]
    return turn


def run() -> DigestRound:
    turn = round_of()
    assert digesting.go_on(turn, at=AT)
    return turn


def reach(cast: Cast, *names: str) -> None:
    for name in names:
        Person.objects.filter(pk=cast.people[name].pk).update(email=f"{name}@x.example")


def kinds(person: Person) -> dict[str, bool]:
    """kind → whether the reader is only told of it."""
    return {line["kind"]: line["told"] for line in Digest.objects.get(person=person).lines}


def test_everybody_finds_what_waits_where_they_act(cast: Cast) -> None:
    furnish(cast)
    make_contest(cast)
    make_agreements(cast)
    late = AT - timedelta(days=20)
    Entry.objects.filter(state="submitted").update(submitted_at=late)
    run()
    assert "logbook.week_due" in kinds(cast.people["classmate"])
    assert kinds(cast.people["hr"])["agreements.absence"] is False
    assert kinds(cast.people["coordinator"])["evaluation.contest"] is False
    mine = Digest.objects.get(person=cast.people["hr"]).lines
    assert {line["place"] for line in mine} == {"jinheng"}


def test_whoever_is_told_is_told_once_and_only_when_it_is_late(cast: Cast) -> None:
    furnish(cast)
    Entry.objects.update(state="submitted", submitted_at=AT, confirmed_at=None, confirmed_by=None)
    run()
    assert "logbook.week_waits" not in kinds(cast.people["coordinator"])
    Digest.objects.all().delete()
    DigestRound.objects.all().delete()
    Entry.objects.update(submitted_at=AT - timedelta(days=9))
    run()
    assert kinds(cast.people["coordinator"])["logbook.week_waits"] is True
    assert kinds(cast.people["mentor"])["logbook.week_waits"] is False


def test_one_mail_a_day_in_the_reader_s_language_with_links(cast: Cast, settings: object) -> None:
    settings.ADDRESS = "https://craft.example"  # type: ignore[attr-defined]
    reach(cast, "classmate", "coordinator")
    Person.objects.filter(pk=cast.people["classmate"].pk).update(language="en")
    run()
    run()
    by = {one.to[0]: one for one in mail.outbox}
    assert len(mail.outbox) == len(by) == 2
    letter = by["classmate@x.example"]
    assert "Last week's log to hand in" in letter.body
    assert "https://craft.example/o/" in letter.body
    assert "等您处理" in by["coordinator@x.example"].subject
    assert set(Digest.objects.exclude(mail=Mail.NONE).values_list("mail", flat=True)) == {Mail.SENT}


def test_where_nothing_waits_nothing_is_sent(cast: Cast) -> None:
    reach(cast, "officer", "auditor")
    run()
    assert not Digest.objects.filter(person__in=[cast.people["officer"], cast.people["auditor"]]).exists()
    assert mail.outbox == []


def test_a_muted_topic_is_left_out_and_signing_loses_its_mail_only(cast: Cast) -> None:
    make_agreements(cast)
    reach(cast, "hr")
    person = cast.people["hr"]
    mute_topics(["signing", "agreements"], by=Actor(organisation=None, person=person), at=AT)
    run()
    lines = {line["kind"]: line for line in Digest.objects.get(person=person).lines}
    assert "agreements.absence" not in lines
    assert lines["kernel.signature"]["mail"] is False
    letter = [one for one in mail.outbox if one.to == ["hr@x.example"]]
    assert all("Papers to sign" not in one.body and "待签署" not in one.body for one in letter)


def test_what_a_dead_worker_had_claimed_is_not_sent_again(cast: Cast) -> None:
    reach(cast, "classmate", "coordinator", "apprentice")
    turn = round_of()
    digesting._make(turn, (0, 10**9), *_reckoned(), AT)
    first = Digest.objects.filter(mail=Mail.DUE).order_by("person").first()
    assert first is not None
    assert claim_mail(first, by=system(), at=AT)
    assert not claim_mail(first, by=system(), at=AT)
    assert digesting.go_on(turn, at=AT)
    assert {one.to[0] for one in mail.outbox} == {
        "classmate@x.example", "coordinator@x.example", "apprentice@x.example"
    } - {str(Person.objects.get(pk=first.person_id).email)}  # fmt: skip
    first.refresh_from_db()
    assert first.mail == Mail.CLAIMED


def _reckoned() -> tuple[digesting.Clock, digesting.Offices]:
    clock = digesting.Clock(digesting.Asked(at=AT, today=TODAY))
    return clock, digesting.Offices(clock)


def test_a_round_goes_on_from_where_it_was_cut(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digesting, "PEOPLE", 3)
    turn = round_of()
    slices = 0
    while not digesting.go_on(DigestRound.objects.get(pk=turn.pk), at=AT, seconds=-1):
        slices += 1
    assert slices > 2
    piecemeal = dict(Digest.objects.values_list("person_id", "lines"))
    Digest.objects.all().delete()
    DigestRound.objects.all().delete()
    monkeypatch.setattr(digesting, "PEOPLE", 1000)
    run()
    assert dict(Digest.objects.values_list("person_id", "lines")) == piecemeal


class Away:
    """A connection to a mail server that is not there."""

    def open(self) -> None:
        raise ConnectionRefusedError("no")


def test_a_mail_server_that_is_away_loses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    reach(cast, "classmate")

    with monkeypatch.context() as patched:
        patched.setattr(digesting, "get_connection", Away)
        with pytest.raises(digesting.MailServerAway):
            run()
    assert Digest.objects.filter(mail=Mail.DUE).count() == 1
    run()
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_keeps_nobody_from_the_own_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(cast, "classmate", "coordinator")

    def closed(**_options: object) -> None:
        raise ConnectionRefusedError("no")

    monkeypatch.setattr(digesting, "PEOPLE", 1)  # everybody is a portion of their own
    with monkeypatch.context() as patched:
        patched.setattr(digesting, "get_connection", closed)
        with pytest.raises(ConnectionRefusedError):
            run()  # a fault of another kind still ends it at once
    made = Digest.objects.count()
    with monkeypatch.context() as patched:
        patched.setattr(digesting, "get_connection", Away)
        with pytest.raises(digesting.MailServerAway):
            run()
    assert Digest.objects.count() > made
    assert DigestRound.objects.get(zone=ZONE, day=TODAY).done_at is not None
    run()
    assert len(mail.outbox) == 2


def test_the_morning_comes_by_the_clock_of_each_place(cast: Cast) -> None:
    type(cast.jinheng).objects.filter(pk=cast.jinheng.pk).update(time_zone="Europe/Berlin")
    six_in_shanghai = datetime(2026, 9, 13, 22, tzinfo=UTC)
    keep_house(six_in_shanghai)
    assert not DigestRound.objects.filter(zone=ZONE, day=TODAY).exists()
    keep_house(AT)  # nine in Shanghai, three in Berlin
    assert DigestRound.objects.filter(day=TODAY).values_list("zone", flat=True).get() == ZONE


def test_the_command_makes_the_digest_of_a_day(cast: Cast) -> None:
    reach(cast, "classmate")
    for _again in range(2):
        call_command("digest", day="2026-09-14")
    assert len(mail.outbox) == 1
    with pytest.raises(CommandError):
        call_command("digest", day="yesterday")


def test_only_the_program_makes_digests_and_only_oneself_reads_them(cast: Cast) -> None:
    turn = run()
    somebody = cast.actor("coordinator")
    for wrong in (
        lambda: begin_round(ZONE, TODAY, by=somebody, at=AT),
        lambda: keep_digests([], turn, 1, by=somebody, at=AT),
        lambda: note_mails([], sent=True, by=somebody, at=AT),
        lambda: read_digests(cast.people["classmate"], by=somebody, at=AT),
    ):
        with pytest.raises(Refused):
            wrong()
    assert read_digests(cast.people["coordinator"], by=somebody, at=AT) == 1
    assert read_digests(cast.people["coordinator"], by=somebody, at=AT + timedelta(hours=1)) == 0


def test_a_kind_that_is_gone_is_left_out_of_its_letter(cast: Cast) -> None:
    reach(cast, "classmate")
    run()
    row = Digest.objects.select_related("person").get(person=cast.people["classmate"])
    row.lines = [{**row.lines[0], "kind": "gone.kind"}, *row.lines]
    assert digest_letter(row).body


KILLED = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
django.setup()
from django.core.mail.backends.base import BaseEmailBackend
from craftpath.delivery.jobs import digesting
sent = open(sys.argv[1], "a", buffering=1)
most = int(sys.argv[2])
class Backend(BaseEmailBackend):
    count = 0
    def open(self): return True
    def send_messages(self, letters):
        for one in letters:
            sent.write(one.to[0] + chr(10)); os.fsync(sent.fileno())
            Backend.count += 1
            if Backend.count == most:
                os.kill(os.getpid(), 9)
        return len(letters)
digesting.get_connection = Backend
digesting.PEOPLE = 40
from django.core.management import call_command
call_command("digest", day="2026-09-14")
"""


def test_killed_in_the_middle_and_resumed_nobody_gets_two(tmp_path: Path) -> None:
    """A process of its own on a file of its own, killed by the system between two mails, then started again."""
    site, sent = tmp_path / "site", tmp_path / "sent"
    surroundings = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CRAFTPATH_")},
        "CRAFTPATH_VAR": str(site), "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    fill = "from tests.jobs.filling import fill; fill(120)"
    fresh.set_down(site)
    subprocess.run([sys.executable, "-c", fill], check=True, env=surroundings)  # noqa: S603
    argv = [sys.executable, "-c", KILLED, str(sent)]
    first = subprocess.run([*argv, "57"], check=False, env=surroundings)  # noqa: S603
    assert first.returncode == -signal.SIGKILL
    subprocess.run([*argv, "0"], check=True, env=surroundings)  # noqa: S603
    got = sent.read_text("utf-8").split()
    assert len(got) == len(set(got)) == 120
