"""A class tries a version: figures with how many people, nothing of small groups, and a sheet that stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.committees.actions import cast_vote, close_motion, open_motion
from craftpath.domain.committees.models import Motion
from craftpath.domain.studio import actions
from craftpath.domain.studio.content import fingerprint
from craftpath.domain.studio.gathering import part, shown
from craftpath.domain.studio.models import EvidenceSheet
from tests.cast import AT, TODAY, Cast
from tests.domain.committees import world as committee
from tests.domain.studio.world import begun, office, proposed, refused, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_a_class_tries_what_stands(cast: Cast) -> None:
    draft = begun(cast)
    given = {"question": "学徒能否独立校准？", "starts_on": TODAY, **office(cast)}
    with refused("studio.not_proposed"):
        actions.begin_trial(written(cast, draft), cast.cohort, **given)
    row = proposed(cast, draft)
    trial = actions.begin_trial(row, cast.cohort, **given)
    assert actions.begin_trial(row, cast.cohort, **given) == trial
    with refused("studio.trial_days"):
        actions.end_trial(trial, ends_on=TODAY + timedelta(days=1), today=TODAY, **office(cast))
    ended = actions.end_trial(trial, ends_on=TODAY, today=TODAY, **office(cast))
    assert ended.ends_on == TODAY


def test_a_sheet_keeps_figures_of_a_day(cast: Cast) -> None:
    trial = actions.begin_trial(proposed(cast), cast.cohort, question="", starts_on=TODAY, **office(cast))
    with refused("studio.costs"):
        costs = {"amount": "12,5", "currency": "CNY", "source": "x"}
        actions.keep_evidence(trial, on=TODAY, costs=costs, **office(cast))
    costs = {"amount": "12500.00", "currency": "CNY", "source": "财务处台账"}
    sheet = actions.keep_evidence(trial, on=TODAY, costs=costs, **office(cast))
    rows = {row["key"]: row for row in sheet.rows}
    assert rows["people"] == {"key": "people", "value": "5", "n": 5, "of": "", "source": ""}
    assert (rows["incidents"]["value"], rows["incidents"]["of"]) == ("0", "5")
    assert (rows["hours"]["value"], rows["hours"]["n"]) == (None, 0)
    assert (rows["costs"]["value"], rows["costs"]["source"]) == ("12500.00", "财务处台账")
    assert sheet.sha256 == fingerprint({"rows": sheet.rows})
    assert actions.keep_evidence(trial, on=TODAY, **office(cast)) == sheet
    assert EvidenceSheet.objects.count() == 1


def test_no_small_group_is_shown_and_none_follows_by_subtraction() -> None:
    assert shown("hours", 12, 4).value is None
    assert shown("hours", 12, 5).value == "12"
    assert part("passed", 5, 12).value == "5"
    assert part("passed", 9, 12).value is None  # three did not
    assert part("passed", 3, 12).value is None
    assert part("passed", 12, 12).value == "12"
    assert part("passed", 0, 12).value == "0"
    assert part("passed", 0, 0).value is None


@pytest.mark.parametrize(
    ("voices", "state"),
    [(("yes", "yes", "no"), "adopted"), (("no", "no", "yes"), "rejected"), (("abstain",), "proposed")],
)
def test_a_committee_decides_and_its_outcome_comes_back(
    cast: Cast, voices: tuple[str, ...], state: str, django_capture_on_commit_callbacks: Any
) -> None:
    board, row = committee.found(cast), proposed(cast)
    row = actions.vote_on_version(row, board, rule="simple", **office(cast))
    with refused("studio.voting_already"):
        actions.vote_on_version(row, board, rule="simple", **office(cast))
    motion = open_motion(Motion.objects.get(), **office(cast))
    for who, voice in zip(("coordinator", "administrator", "hr"), voices, strict=False):
        place = cast.jinheng if who == "hr" else cast.college
        cast_vote(
            motion, seat=committee.seat(board, cast, who), voice=voice, by=cast.actor(who, place), at=AT
        )
    with django_capture_on_commit_callbacks(execute=True):
        close_motion(motion, **office(cast))
    row.refresh_from_db()
    assert row.state == state
    if state != "proposed":
        assert row.decision["votes"] == [voices.count("yes"), voices.count("no"), 0]
        assert row.decision["body"] == "理事会 Board"


def test_a_decision_is_of_the_day_that_it_is_at_the_office(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    """One in the morning of the fifteenth there is still the fourteenth in Greenwich."""
    board, row = committee.found(cast), proposed(cast)
    actions.vote_on_version(row, board, rule="simple", **office(cast))
    motion = open_motion(Motion.objects.get(), **office(cast))
    late = AT.replace(hour=17)
    for who, place in (("coordinator", cast.college), ("administrator", cast.college), ("hr", cast.jinheng)):
        seat = committee.seat(board, cast, who)
        cast_vote(motion, seat=seat, voice="no", by=cast.actor(who, place), at=late)
    with django_capture_on_commit_callbacks(execute=True):
        close_motion(motion, **office(cast) | {"at": late})
    row.refresh_from_db()
    assert row.decision["on"] == (TODAY + timedelta(days=1)).isoformat()
