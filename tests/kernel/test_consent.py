"""Purposes, notices, consents: who is asked, what holds now, and that nothing is rewritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.kernel.access import Actor, system
from craftpath.kernel.consents import (
    ConsentEvent,
    consents_of,
    give_consent,
    may_use,
    of_whom,
    withdraw_consent,
)
from craftpath.kernel.notices import (
    Notice,
    NoticeRead,
    load_notice,
    notice_at,
    notices_for,
    publish_notice,
    read_notice,
    readers_of,
)
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import PURPOSES, Purpose, read
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

pytestmark = pytest.mark.usefixtures("all_rows")
WORDS = {"zh": "告知书", "en": "A notice"}


def own(cast: Cast, who: str = "apprentice") -> Actor:
    return cast.actor(who)


def test_every_purpose_says_all_in_both_languages() -> None:
    assert len(PURPOSES) >= 8
    for purpose in PURPOSES.values():
        for words in (purpose.name, purpose.why, purpose.kinds, purpose.receives, purpose.keep):
            assert words.zh, purpose.key
            assert words.en, purpose.key
    separate = {"health_in_absence", "training_partner", "outside_partner"}
    assert {p.key for p in PURPOSES.values() if p.separate} == separate


@pytest.mark.parametrize(
    "bent", ['basis = "interest"', 'basis = "law"\nseparate = true', 'basis = "law"\n[[purpose]]\nkey="a"']
)
def test_a_file_that_the_law_would_not_know_is_not_read(bent: str) -> None:
    words = "\n".join(f'{name} = "x"' for name in ("name", "why", "kinds", "receives", "keep"))
    with pytest.raises((ValueError, KeyError)):
        read(f'[[purpose]]\nkey = "a"\nversion = 1\n{words}\n{bent}')


def test_what_contract_or_law_require_asks_no_consent_and_knows_no_withdrawal(cast: Cast) -> None:
    person = cast.people["apprentice"]
    for key, purpose in PURPOSES.items():
        assert bool(may_use(person, key)) is not purpose.asks
    for verb in (give_consent, withdraw_consent):
        with pytest.raises(Refused) as caught:
            verb(person, "training_record", by=own(cast), at=AT)
        assert caught.value.verdict.reason == "kernel.consent_not_asked"
    assert may_use(person, "training_record")


def test_a_consent_holds_until_it_is_withdrawn_and_both_stay_on_record(cast: Cast) -> None:
    person = cast.people["apprentice"]
    assert may_use(person, "story").reason == "kernel.consent_missing"
    give_consent(person, "story", by=own(cast), at=AT)
    give_consent(person, "story", by=own(cast), at=AT)
    assert may_use(person, "story")
    assert not may_use(person, "research")
    withdraw_consent(person, "story", by=own(cast), at=AT + timedelta(days=1))
    assert may_use(person, "story").reason == "kernel.consent_withdrawn"
    assert may_use(person, "training_record")
    assert list(ConsentEvent.objects.order_by("pk").values_list("given", flat=True)) == [True, False]
    give_consent(person, "story", by=own(cast), at=AT + timedelta(days=1))  # in the same second
    assert may_use(person, "story")


def test_a_purpose_that_grew_is_asked_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    person = cast.people["apprentice"]
    give_consent(person, "research", by=own(cast), at=AT)
    words = [Text("x", "x")] * 5
    monkeypatch.setitem(PURPOSES, "research", Purpose("research", 2, "consent", *words))
    assert may_use(person, "research").reason == "kernel.consent_missing"
    assert of_whom([person.pk], "research") == set()
    give_consent(person, "research", by=own(cast), at=AT)
    assert may_use(person, "research")


def test_nobody_consents_for_another_but_a_guardian_by_paper(cast: Cast) -> None:
    person = cast.people["apprentice"]
    for who in ("classmate", "coordinator", "trainer"):
        with pytest.raises(Refused) as caught:
            give_consent(person, "story", by=own(cast, who), at=AT)
        assert caught.value.verdict.reason == "kernel.consent_is_ones_own"
    give_consent(person, "story", guardian="陈建军", by=own(cast, "coordinator"), at=AT)
    event = ConsentEvent.objects.get()
    assert (event.guardian, event.said_by, event.person) == ("陈建军", cast.people["coordinator"], person)
    with pytest.raises(Refused):
        give_consent(person, "research", guardian="陈建军", by=own(cast, "trainer"), at=AT)
    neighbour = cast.actor("stranger", cast.neighbour)
    with pytest.raises(Refused):
        withdraw_consent(person, "story", guardian="陈建军", by=neighbour, at=AT)
    assert may_use(person, "story")


def test_many_are_asked_by_one_question(cast: Cast, django_assert_num_queries) -> None:
    ids = [row.person_id for row in cast.enrolments.values()]
    give_consent(cast.people["apprentice"], "research", by=own(cast), at=AT)
    give_consent(cast.people["classmate"], "research", by=own(cast, "classmate"), at=AT)
    withdraw_consent(cast.people["classmate"], "research", by=own(cast, "classmate"), at=AT)
    with django_assert_num_queries(1):
        assert of_whom(ids, "research") == {cast.people["apprentice"].pk}
    with django_assert_num_queries(0):
        assert of_whom(ids, "training_record") == set(ids)
    found = consents_of(Person.objects.filter(pk__in=ids))
    assert {pk: row["research"].given for pk, row in found.items()} == {
        cast.people["apprentice"].pk: True,
        cast.people["classmate"].pk: False,
    }


def test_what_was_said_and_published_is_never_altered(cast: Cast) -> None:
    load_notice(by=system(), at=AT)
    give_consent(cast.people["apprentice"], "story", by=own(cast), at=AT)
    for row in (Notice.objects.get(), ConsentEvent.objects.get()):
        with pytest.raises(TypeError):
            row.save()


def test_the_nearest_notice_holds_from_its_day_on(cast: Cast) -> None:
    load_notice(by=system(), at=AT)
    load_notice(by=system(), at=AT)
    site = Notice.objects.get()
    administrator = own(cast, "administrator")
    first = publish_notice(cast.college, text=WORDS, changes={}, valid_from=TODAY, by=administrator, at=AT)
    later = publish_notice(
        cast.college, text=WORDS, changes={}, valid_from=date(2027, 1, 1), by=administrator, at=AT
    )
    assert (site.version, first.version, later.version) == (1, 2, 3)
    assert notice_at(cast.campus, TODAY) == first  # it holds below too
    assert notice_at(cast.college, TODAY - timedelta(days=1)) == site
    assert notice_at(cast.jinheng, TODAY) == site
    assert notice_at(cast.college, date(2027, 1, 1)) == later
    assert notices_for([cast.campus, cast.jinheng, cast.college], TODAY, cast.people["mentor"]) == [
        first,
        site,
    ]
    assert notices_for([], TODAY, cast.people["mentor"]) == [site]


@pytest.mark.parametrize("who", ["coordinator", "trainer", "apprentice"])
def test_only_an_administrator_publishes_a_notice(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        publish_notice(cast.college, text=WORDS, changes={}, valid_from=TODAY, by=own(cast, who), at=AT)
    with pytest.raises(Refused) as caught:
        publish_notice(
            cast.jinheng, text=WORDS, changes={}, valid_from=TODAY, by=own(cast, "administrator"), at=AT
        )
    assert caught.value.verdict.reason == "kernel.belongs_to_another"


def test_reading_is_noted_once_and_the_consent_names_the_notice(cast: Cast) -> None:
    load_notice(by=system(), at=AT)
    notice = notice_at(cast.college, TODAY, cast.people["apprentice"])
    assert notice is not None
    assert not notice.read
    read_notice(notice, by=own(cast), at=AT)
    read_notice(notice, by=own(cast), at=AT + timedelta(days=1))
    assert NoticeRead.objects.get().at == AT
    assert readers_of(notice, Person.objects.all()) == {cast.people["apprentice"].pk: AT}
    assert notice_at(cast.college, TODAY, cast.people["apprentice"]).read
    give_consent(cast.people["apprentice"], "story", by=own(cast), at=AT)
    assert ConsentEvent.objects.get().notice == notice
