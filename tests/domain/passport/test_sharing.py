"""Links to a record: what they show and how long, whose yes they need, and that only hashes and counts are kept."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from craftpath.domain.passport import actions, rules
from craftpath.domain.passport.models import Look, Share
from craftpath.domain.passport.queries import share_of
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.consents import give_consent, may_use, withdraw_consent
from craftpath.kernel.tenancy import Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.passport.world import oneself, refused, shared

pytestmark = pytest.mark.usefixtures("all_rows")
NOBODY = Actor(organisation=None, person=None)


def test_a_link_is_for_somebody_shows_something_and_ends(cast: Cast) -> None:
    person = cast.people["apprentice"]
    for instead, reason in (
        ({"name": "  "}, "no_name"),
        ({"name": "x" * 81}, "no_name"),
        ({"sections": ("birthday",)}, "no_section"),
        ({"until": TODAY - timedelta(days=1)}, "days_unclear"),
        ({"until": TODAY + timedelta(days=366)}, "days_unclear"),
        ({"by": cast.actor("coordinator")}, "own_only"),
    ):
        with refused(f"passport.{reason}"):
            shared(person, **instead)
    made = shared(person, sections=("certificates", "stages", "birthday"))
    assert made.share.sections == ["stages", "certificates"]
    assert made.token not in repr(list(Share.objects.values()))
    assert share_of(made.token) == made.share
    assert share_of(made.token[:-1] + "x") is None
    last = made.share.expires_at
    assert rules.serves(made.share, last - timedelta(seconds=1))
    assert rules.serves(made.share, last).reason == "passport.share_expired"


def test_a_press_makes_one_link_and_an_owner_not_too_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, name = cast.people["apprentice"], uuid.uuid4()
    first, again = shared(person, made_id=name), shared(person, made_id=name)
    assert (first.share, again.token) == (again.share, "")
    monkeypatch.setattr(rules, "MOST_OPEN", 2)
    shared(person, until=TODAY)
    with refused("passport.too_many"):
        shared(person)
    shared(person, at=AT + timedelta(days=1))  # one has run out


def test_ended_at_once_and_nobody_elses(cast: Cast) -> None:
    person = cast.people["apprentice"]
    share = shared(person).share
    with refused("passport.own_only"):
        actions.revoke_share(share, by=cast.actor("coordinator"), at=AT)
    ended = actions.revoke_share(share, by=oneself(person), at=AT)
    assert actions.revoke_share(share, by=oneself(person), at=AT).ended_at == ended.ended_at
    with refused("passport.share_revoked"):
        actions.open_share(share, agent="chrome", by=NOBODY, at=AT)
    with looking_for(cast.actor("administrator").scope):
        assert not Share.objects.exists()
    with looking_for(Scope(person_id=person.pk)):
        assert Share.objects.count() == 1
    told = AuditEntry.objects.filter(fact__startswith="passport.")
    assert {row.organisation for row in told} == {None}


def test_looks_are_counted_by_day_and_kind_of_browser(cast: Cast) -> None:
    share = shared(cast.people["apprentice"]).share
    for agent, days in (("wechat", 0), ("wechat", 0), ("Mozilla/5.0 (iPhone; somebody)", 0), ("wechat", 1)):
        actions.open_share(share, agent=agent, by=NOBODY, at=AT + timedelta(days=days))
    rows = sorted(Look.objects.values_list("on", "agent", "count"))
    assert rows == [(TODAY, "other", 1), (TODAY, "wechat", 2), (TODAY + timedelta(days=1), "wechat", 1)]


def test_taking_the_consent_back_ends_what_all_links_show(cast: Cast) -> None:
    person = cast.people["apprentice"]
    share = shared(person).share
    withdraw_consent(person, rules.PURPOSE, by=oneself(person), at=AT + timedelta(minutes=1))
    assert rules.serves(share, AT).reason == "passport.share_withdrawn"


def test_for_a_minor_a_guardian_says_yes(cast: Cast) -> None:
    person = cast.people["apprentice"]
    person.birth_date = date(2010, 1, 1)
    person.save()
    with refused("kernel.consent_by_guardian"):
        shared(person)
    office = cast.actor("coordinator")
    give_consent(person, rules.PURPOSE, guardian="陈国华", by=office, at=AT)
    assert shared(person).token
    assert may_use(person, rules.PURPOSE)


def test_what_a_guardian_takes_back_ends_the_links_of_a_minor(cast: Cast) -> None:
    person = cast.people["apprentice"]
    person.birth_date = date(2010, 1, 1)
    person.save()
    office, later = cast.actor("coordinator"), AT + timedelta(minutes=1)
    give_consent(person, rules.PURPOSE, guardian="陈国华", by=office, at=AT)
    share = shared(person).share
    assert rules.serves(share, later)
    withdraw_consent(person, rules.PURPOSE, guardian="陈国华", by=office, at=later)
    assert rules.serves(share, later).reason == "passport.share_withdrawn"
    with refused("kernel.consent_by_guardian"):
        shared(person, at=later)


def test_a_link_of_somebody_whose_day_of_birth_makes_a_minor_serves_no_more(cast: Cast) -> None:
    """It was not known when the own yes was said; now a guardian is asked first."""
    person = cast.people["apprentice"]
    share = shared(person).share
    assert rules.serves(share, AT)
    person.birth_date = date(2010, 1, 1)
    person.save()
    share.refresh_from_db()
    assert rules.serves(share, AT).reason == "passport.share_withdrawn"
