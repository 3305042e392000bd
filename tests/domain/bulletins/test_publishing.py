"""From the draft to everybody, and the voices that agree on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.models import BulletinVersion, Voice
from craftpath.domain.bulletins.rules import PURPOSE
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.consents import ConsentEvent, withdraw_consent
from craftpath.kernel.organisations import Organisation
from tests.cast import AT, TODAY, Cast
from tests.domain.bulletins.world import (
    LEAD,
    agreed,
    begun,
    handed_in,
    maker,
    pictured,
    published,
    refused,
    save,
    second,
    voiced,
    written,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def office(cast: Cast, person: str = "coordinator") -> dict[str, Any]:
    return {"by": cast.actor(person), "at": AT}


# ---- The way ----------------------------------------------------------------------------------------


def test_what_is_handed_in_is_kept_with_its_figures_and_published_as_it_was(cast: Cast) -> None:
    row = written(cast)
    save(cast, row, "figures", {"keys": ["apprentices.learning"]})
    row = published(cast, row)
    content = queries.public_content(queries.public_number("lanchuan", row.number))  # type: ignore[arg-type]
    [figure] = content["blocks"]["figures"]["figures"]
    assert (figure["value"], figure["n"], figure["as_of"]) == ("5", 5, TODAY.isoformat())
    assert figure["definition"]["zh"]
    cast.college.name = {"zh": "改名学院", "en": "Renamed"}
    cast.college.save()
    again = queries.public_content(queries.public_number("lanchuan", row.number))  # type: ignore[arg-type]
    assert again["organisation"]["zh"] == "澜川技师学院"
    assert again == content


def test_what_was_not_proved_is_not_handed_in(cast: Cast) -> None:
    row = written(cast)
    proof = queries.digest(queries.content_of(row, TODAY))
    save(cast, row, "lead", LEAD | {"head": {"zh": "改了", "en": "Changed"}})
    with refused("bulletins.not_proved"):
        actions.hand_in_bulletin(row, proof=proof, **office(cast))
    assert not BulletinVersion.objects.exists()


def test_what_is_incomplete_or_too_long_is_not_handed_in(cast: Cast) -> None:
    with refused("bulletins.incomplete"):
        handed_in(cast, begun(cast))
    row = written(cast)
    save(cast, row, "lead", LEAD | {"body": {"zh": "长" * 900, "en": "Long."}})
    with refused("bulletins.too_long") as found:
        handed_in(cast, row)
    assert found.value.verdict.facts["lines"] > 20


def test_the_same_press_twice_is_one(cast: Cast) -> None:
    row = handed_in(cast, handed_in(cast))
    for _ in range(2):
        row = actions.publish_bulletin(row, **office(cast, "administrator"))
    for _ in range(2):
        row = actions.withdraw_bulletin(row, because="错误", **office(cast))
    moves = AuditEntry.objects.filter(fact="bulletins.moved").order_by("pk")
    assert [one.payload["state"] for one in moves] == ["review", "published", "withdrawn"]
    assert row.versions.count() == 1


def test_whoever_handed_it_in_does_not_publish_it(cast: Cast) -> None:
    row = handed_in(cast)
    for act in (
        lambda: actions.publish_bulletin(row, **office(cast)),
        lambda: actions.return_bulletin(row, because="x", **office(cast)),
    ):
        with refused("bulletins.second_person"):
            act()


def test_it_is_given_back_with_a_reason_taken_back_and_kept_as_versions(cast: Cast) -> None:
    row = handed_in(cast)
    with refused("bulletins.reason_missing"):
        actions.return_bulletin(row, because=" ", by=second(cast), at=AT)
    row = actions.return_bulletin(row, because="标题太长", by=second(cast), at=AT)
    assert (row.state, row.because) == ("draft", "标题太长")
    save(cast, row, "lead", LEAD | {"head": {"zh": "短标题", "en": "Short"}})
    row = actions.take_back_bulletin(handed_in(cast, row), **office(cast))
    assert row.state == "draft"
    handed_in(cast, row)
    assert [one.number for one in queries.versions_of(row)] == [2, 1]  # unchanged words are no version


def test_another_organisation_touches_nothing(cast: Cast) -> None:
    row = handed_in(cast)
    stranger = cast.actor("hr", cast.jinheng)
    for act in (
        lambda: actions.publish_bulletin(row, by=stranger, at=AT),
        lambda: actions.withdraw_bulletin(row, because="x", by=stranger, at=AT),
        lambda: actions.take_back_bulletin(row, by=stranger, at=AT),
        lambda: actions.ask_voice(voiced(cast, written(cast)), by=stranger, at=AT),
    ):
        with refused("kernel.belongs_to_another"):
            act()


def test_a_picture_that_a_version_shows_is_not_forgotten(cast: Cast) -> None:
    row = written(cast)
    pictured(cast, row)
    row = actions.take_back_bulletin(handed_in(cast, row), **office(cast))
    actions.remove_picture(row, "lead_picture", **office(cast))
    version = queries.last_version(row)
    assert version is not None
    assert len(queries.pictures_of(row, version.content)) == 1


def test_what_is_not_published_is_nothing_to_everybody(cast: Cast) -> None:
    row = handed_in(cast)
    assert queries.public_number("lanchuan", row.number) is None
    row = actions.publish_bulletin(row, by=second(cast), at=AT)
    assert list(queries.public_list(cast.college)) == [row]
    row = actions.withdraw_bulletin(row, because="数字有误", **office(cast))
    assert queries.public_number("lanchuan", row.number) == row  # and says so
    assert list(queries.public_list(Organisation.objects.get(pk=cast.college.pk))) == []


# ---- Voices -----------------------------------------------------------------------------------------


def shown(cast: Cast, row: Any) -> list[Voice]:
    return queries.public_voices(row, queries.public_content(queries.public_number("lanchuan", row.number)))  # type: ignore[arg-type]


def test_nobody_is_published_who_has_not_agreed(cast: Cast) -> None:
    row = written(cast)
    voice = voiced(cast, row)
    for asks in (False, True):
        if asks:
            voice = actions.ask_voice(voice, **office(cast))
        with refused("bulletins.voice_not_agreed") as found:
            published(cast, row)
        assert found.value.verdict.facts == {"name": "周国栋"}
        row = actions.take_back_bulletin(row, **office(cast))
    actions.agree_voice(voice, by=cast.actor("mentor", cast.jinheng), at=AT)
    assert shown(cast, published(cast, row)) == [voice]


def test_a_yes_taken_back_on_the_own_page_is_gone_at_once(cast: Cast) -> None:
    row = written(cast)
    voice = agreed(cast, row)
    row = published(cast, row)
    assert shown(cast, row) == [voice]
    mentor = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
    for _ in range(2):
        voice = actions.decline_voice(voice, **mentor)
    assert shown(cast, row) == []
    assert AuditEntry.objects.filter(fact="bulletins.voice_moved", payload__state="declined").count() == 1
    actions.agree_voice(voice, **mentor)
    assert shown(cast, row) == [voice]


def test_a_consent_withdrawn_in_the_settings_is_gone_at_once(cast: Cast) -> None:
    row = written(cast)
    agreed(cast, row)
    row = published(cast, row)
    assert ConsentEvent.objects.get(purpose=PURPOSE).given
    withdraw_consent(cast.people["mentor"], PURPOSE, by=cast.actor("mentor", cast.jinheng), at=AT)
    assert shown(cast, row) == []


def test_by_a_link_somebody_without_an_account_answers_and_nobody_else(cast: Cast) -> None:
    row = written(cast)
    guest, nobody = actions.ask_voice(voiced(cast, row, ""), **office(cast)), Actor(cast.college)
    assert queries.by_token(queries.token_of(guest)) == guest
    assert queries.by_token(queries.token_of(guest)[:-1]) is None
    with refused("bulletins.not_of_age"):
        actions.agree_voice(guest, by_link=True, by=nobody, at=AT)
    with refused("bulletins.not_your_words"):
        actions.agree_voice(guest, **office(cast))
    actions.agree_voice(guest, by_link=True, of_age=True, by=nobody, at=AT)
    row = published(cast, row)
    assert shown(cast, row) == [guest]
    actions.decline_voice(guest, by_link=True, by=nobody, at=AT)
    assert shown(cast, row) == []


def test_nobody_answers_for_whoever_has_an_account(cast: Cast) -> None:
    voice = actions.ask_voice(voiced(cast, written(cast)), **office(cast))
    for by, more, reason in (
        (maker(cast), {}, "bulletins.not_your_words"),
        (cast.actor("apprentice"), {}, "bulletins.not_your_words"),
        (Actor(cast.college), {"by_link": True, "of_age": True}, "bulletins.link_of_an_account"),
    ):
        with refused(reason):
            actions.agree_voice(voice, by=by, at=AT, **more)
        with refused(reason):
            actions.decline_voice(voice, by=by, at=AT, **({"by_link": True} if more else {}))


def test_a_minor_is_spoken_for_by_a_guardian(cast: Cast) -> None:
    person = cast.people["apprentice"]
    person.birth_date = date(TODAY.year - 17, 1, 1)
    person.save()
    voice = actions.ask_voice(voiced(cast, written(cast), "apprentice"), **office(cast))
    with refused("kernel.consent_by_guardian"):
        actions.agree_voice(voice, by=cast.actor("apprentice"), at=AT)
    voice.refresh_from_db()
    assert voice.state == "asked"


def test_other_words_are_asked_about_anew(cast: Cast) -> None:
    row = written(cast)
    voice = agreed(cast, row)
    same = actions.reword_voice(voice, about=voice.about, words=voice.words, **office(cast))
    assert same.state == "agreed"
    other = actions.reword_voice(voice, about={}, words={"zh": "另一句话。"}, **office(cast))
    assert (other.state, other.answered_at) == ("draft", None)
    with refused("bulletins.voice_not_agreed"):
        published(cast, row)


def test_two_voices_have_room_and_a_third_waits_beside_the_sheet(cast: Cast) -> None:
    row = written(cast)
    first, _second, third = (voiced(cast, row) for _ in range(3))
    assert not third.placed
    with refused("bulletins.voices_full"):
        actions.place_voice(third, placed=True, **office(cast))
    for _ in range(2):
        actions.place_voice(first, placed=False, **office(cast))
    assert actions.place_voice(third, placed=True, **office(cast)).placed
    assert AuditEntry.objects.filter(fact="bulletins.voice_placed").count() == 2


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"name": " "}, "bulletins.name_missing"),
        ({"name": "长" * 81}, "bulletins.name_missing"),
        ({"words": {"zh": " \0"}}, "bulletins.voice_without_words"),
        ({"words": {"zh": "长" * 400}}, "bulletins.voice_too_long"),
        ({"by": None}, "kernel.role_lacks"),
    ],
)
def test_what_is_no_voice_is_not_written_down(cast: Cast, more: dict[str, Any], reason: str) -> None:
    row = written(cast)
    if "by" in more:
        more = {"by": cast.actor("trainer")}
    with refused(reason):
        voiced(cast, row, **more)
    assert not Voice._base_manager.exists()


def test_a_voice_is_written_down_once(cast: Cast) -> None:
    row = written(cast)
    voice = voiced(cast, row)
    assert voiced(cast, row, made_id=voice.made_id, name="别人") == voice
    with refused("bulletins.form_used"):
        voiced(cast, written(cast), made_id=voice.made_id)


def test_a_published_bulletin_takes_no_new_voices(cast: Cast) -> None:
    row = published(cast)
    with refused("bulletins.not_a_draft"):
        voiced(cast, row)
