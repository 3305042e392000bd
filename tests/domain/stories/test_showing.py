"""Consent, the office's look, and who sees what: withdrawn is gone at once, by whichever way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.stories import actions, queries
from craftpath.domain.stories.models import Story
from craftpath.domain.stories.skill_uses import told_of
from craftpath.domain.stories.states import CHECKS
from craftpath.kernel.access import Actor
from craftpath.kernel.consents import may_use, withdraw_consent
from craftpath.kernel.tenancy import everywhere, looking_for
from tests.cast import AT, Cast
from tests.domain.stories.world import begun, handed_in, member, mentor, office, published, refused, told

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def walls(actor: Actor) -> list[str]:
    with looking_for(actor.scope):
        return [one.title for one in queries.wall()]


def public(cast: Cast) -> int:
    with everywhere("a visitor looks"):
        return queries.public_wall(cast.jinheng).count()


def test_the_office_looks_at_three_things_before_it_shows_a_story(cast: Cast) -> None:
    with everywhere("a test"):
        row = handed_in(cast)
        with refused("stories.unchecked"):
            actions.publish_story(row, checks=["names", "licence"], by=office(cast), at=AT)
        with refused("kernel.role_lacks"):
            actions.publish_story(row, checks=CHECKS, by=mentor(cast), at=AT)
        with refused("kernel.belongs_to_another"):
            actions.publish_story(row, checks=CHECKS, by=cast.actor("coordinator"), at=AT)
        assert actions.publish_story(row, checks=CHECKS, by=office(cast), at=AT).state == "published"
        again = actions.publish_story(row, checks=CHECKS, by=office(cast), at=LATER)
    assert again.published_at == AT


def test_without_the_tellers_word_nothing_is_shown_and_nobody_else_gives_it(cast: Cast) -> None:
    with everywhere("a test"):
        row = actions.hand_in_story(told(cast, ""), by=mentor(cast), at=AT)
        with refused("stories.no_consent"):
            actions.publish_story(row, checks=CHECKS, by=office(cast), at=AT)
        with refused("stories.consent_is_the_tellers"):
            actions.agree_story(row, reach="public", how="in writing", by=office(cast), at=AT)


def test_for_a_master_without_an_account_the_office_notes_how(cast: Cast) -> None:
    by = office(cast)
    with everywhere("a test"):
        row = begun(cast, by=by, teller=None, name="老李")
        actions.keep_answer(row, "advice", "慢就是快。", by=by, at=AT)
        with refused("stories.how_missing"):
            actions.agree_story(row, reach="public", by=by, at=AT)
        actions.agree_story(row, reach="public", how="9 月 1 日书面同意", by=by, at=AT)
        actions.publish_story(actions.hand_in_story(row, by=by, at=AT), checks=CHECKS, by=by, at=AT)
    assert public(cast) == 1


def test_members_on_both_sides_of_an_apprenticeship_see_it_and_a_neighbour_does_not(cast: Cast) -> None:
    with everywhere("a test"):
        published(cast)
    assert walls(member(cast)) == ["第一件废品"]
    assert walls(member(cast, "trainer")) == ["第一件废品"]
    assert walls(office(cast)) == ["第一件废品"]
    assert walls(cast.actor("stranger", cast.neighbour)) == []
    assert public(cast) == 0


def test_a_draft_is_seen_by_its_teller_and_its_office_only(cast: Cast) -> None:
    with everywhere("a test"):
        handed_in(cast)
    for actor, count in ((mentor(cast), 1), (office(cast), 1), (member(cast), 0)):
        with looking_for(actor.scope):
            assert queries.stories().count() == count


def _takes_down(cast: Cast, row: Story) -> None:
    actions.withdraw_story(row, by=mentor(cast), at=LATER)


def _takes_consent_back(cast: Cast, row: Story) -> None:
    actions.disagree_story(row, by=mentor(cast), at=LATER)


def _takes_the_purpose_back(cast: Cast, row: Story) -> None:
    withdraw_consent(cast.people["mentor"], "story", by=mentor(cast), at=LATER)


def _office_takes_down(cast: Cast, row: Story) -> None:
    actions.withdraw_story(row, because="有人没同意入镜", by=office(cast), at=LATER)


@pytest.mark.parametrize(
    "away", [_takes_down, _takes_consent_back, _takes_the_purpose_back, _office_takes_down]
)
def test_taken_back_it_is_gone_for_all_others_at_once(cast: Cast, away) -> None:  # type: ignore[no-untyped-def]
    with everywhere("a test"):
        row = published(cast, "public")
    assert public(cast) == 1
    with everywhere("a test"):
        away(cast, row)
        assert told_of(["x"]) == {"x": 0}
    assert public(cast) == 0
    assert walls(member(cast)) == []
    with looking_for(member(cast).scope):
        assert not queries.stories().exists()
    with looking_for(mentor(cast).scope):
        assert queries.stories().get().is_shown is False


def test_inside_only_is_not_public_and_the_teller_may_narrow_it_at_any_time(cast: Cast) -> None:
    with everywhere("a test"):
        row = published(cast, "public")
        actions.agree_story(row, reach="inside", by=mentor(cast), at=LATER)
    assert public(cast) == 0
    assert walls(member(cast)) == ["第一件废品"]


def test_agreeing_is_a_consent_to_the_purpose_and_said_again_it_shows_again(cast: Cast) -> None:
    with everywhere("a test"):
        row = published(cast)
        assert may_use(cast.people["mentor"], "story")
        withdraw_consent(cast.people["mentor"], "story", by=mentor(cast), at=LATER)
        assert walls(member(cast)) == []
        actions.agree_story(row, reach="inside", by=mentor(cast), at=LATER + timedelta(minutes=1))
    assert walls(member(cast)) == ["第一件废品"]


def test_the_office_takes_down_and_gives_back_for_a_reason(cast: Cast) -> None:
    with everywhere("a test"):
        row = handed_in(cast)
        with refused("stories.reason_missing"):
            actions.return_story(row, because=" ", by=office(cast), at=AT)
        back = actions.return_story(row, because="请不要写全名", by=office(cast), at=AT)
        assert (back.state, back.because) == ("draft", "请不要写全名")
        row = actions.publish_story(
            actions.hand_in_story(back, by=mentor(cast), at=AT), checks=CHECKS, by=office(cast), at=AT
        )
        assert row.because == ""
        with refused("stories.reason_missing"):
            actions.withdraw_story(row, by=office(cast), at=AT)
        down = actions.withdraw_story(row, by=mentor(cast), at=AT)
        assert actions.withdraw_story(down, by=mentor(cast), at=AT).state == "withdrawn"
        assert actions.revise_story(down, by=mentor(cast), at=AT).state == "draft"


def test_a_published_story_is_a_statement_of_its_master(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    with everywhere("a test"), django_capture_on_commit_callbacks(execute=True):
        published(cast)
    with everywhere("a test"):
        said = Statement.objects.filter(verb="shared", person=cast.people["mentor"])
        assert [one.raw["object"]["definition"]["name"] for one in said] == [{"zh": "第一件废品"}]
