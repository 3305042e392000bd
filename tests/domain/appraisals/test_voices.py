"""Voices: anonymous by construction, counted once, shown from five on, and never joined to who has answered."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import models

from craftpath.domain.appraisals import actions, queries
from craftpath.domain.appraisals.duties import voices_to_give
from craftpath.domain.appraisals.models import AppraisalPart, AppraisalRound, Voice, VoiceAsked
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import Asked
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import EVERYWHERE, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.appraisals.world import DAY, computed, of, office, opened, refused, taught

pytestmark = pytest.mark.usefixtures("all_rows")
WELL = {"shows": 5, "helps": 4, "respects": 5}


def asked(cast: Cast) -> AppraisalRound:
    return actions.ask_voices(opened(cast), **office(cast))


def give(row: VoiceAsked, steps: dict[str, int] | None = None, **more: Any) -> VoiceAsked:
    by = Actor(row.round.organisation, row.enrolment.person)
    return actions.give_voice(row, **({"steps": WELL if steps is None else steps, "by": by, "at": AT} | more))


def waiting(trainer: str) -> list[VoiceAsked]:
    rows = VoiceAsked._base_manager.filter(trainer__name=trainer, answered=False)
    return list(rows.select_related("round__organisation", "enrolment__person").order_by("pk"))


def voices() -> list[tuple[Any, ...]]:
    return list(Voice._base_manager.order_by("pk").values_list())


def test_apprentices_are_asked_once_about_whoever_taught_them(cast: Cast) -> None:
    taught(cast, 2, 3)
    row = asked(cast)
    assert row.voices_until == TODAY + 14 * DAY
    assert queries.voices_in(row) == (2 * 3 + 4, 0)
    assert len(voices()) == 4 * 3 * 5
    assert {count for *_, count in voices()} == {0}
    with refused("appraisals.voices_asked_already"):
        actions.ask_voices(row, **office(cast))
    with refused("appraisals.voices_open"):
        actions.compute_round(row, **office(cast))


def test_nobody_is_asked_where_nobody_was_taught(cast: Cast) -> None:
    with refused("appraisals.nobody_to_ask"):
        asked(cast)


def test_an_answer_counts_once_and_only_of_whoever_was_asked(cast: Cast) -> None:
    taught(cast, 2, 3)
    asked(cast)
    first, second, _ = waiting("师傅000")
    for _press in range(2):
        give(first)
    assert sum(count for *_, count in voices()) == 3
    with refused("appraisals.voice_not_yours"):
        give(second, by=Actor(cast.college, first.enrolment.person))
    for steps in ({}, {"shows": 5}, WELL | {"helps": 6}, WELL | {"more": 1}):
        with refused("appraisals.voice_not_whole"):
            give(second, steps)
    with refused("appraisals.voices_over"):
        give(second, at=AT + 15 * DAY)


def test_who_has_answered_cannot_be_joined_to_what_was_answered(cast: Cast) -> None:
    """No person, row, time or order of an answer: all rows are there before, and every order leaves the same rows."""
    taught(cast, 1, 5)
    asked(cast)
    rows = waiting("师傅000")
    before = [row[0] for row in voices()]
    steps = [{"shows": n, "helps": n, "respects": n} for n in (1, 2, 3, 4, 5)]
    left: set[tuple[Any, ...]] = set()
    for order in itertools.islice(itertools.permutations(range(5)), 0, 120, 17):
        Voice._base_manager.update(count=0)
        VoiceAsked._base_manager.update(answered=False)
        for n in order:
            give(rows[n], steps[n])
        left.add((tuple(voices()), tuple(VoiceAsked._base_manager.order_by("pk").values_list())))
    assert len(left) == 1
    assert [row[0] for row in voices()] == before
    kinds = (models.DateTimeField, models.DateField, models.UUIDField)
    assert not [field.name for field in Voice._meta.concrete_fields if isinstance(field, kinds)]
    people = [field.name for field in Voice._meta.concrete_fields if field.related_model is Person]
    assert people == ["trainer"]
    assert not {field.name for field in VoiceAsked._meta.concrete_fields} & {
        "step",
        "steps",
        "question",
        "count",
        "at",
    }
    told = AuditEntry.objects.filter(fact="appraisals.voice_given")
    assert {str(one) for one in told.values_list("payload", flat=True)} == {"{}"}
    assert {one.subject for one in told} == {str(rows[0].round.ref)}
    with looking_for(EVERYWHERE):
        assert VoiceAsked.objects.exists()
    with looking_for(cast.actor("coordinator").scope):
        assert not Voice.objects.exists()
        assert not VoiceAsked.objects.exists()


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_voices_are_shown_from_five_on(cast: Cast, n: int, *, shown: bool) -> None:
    taught(cast, 6, 6)
    row = asked(cast)
    for one in waiting("师傅003")[:n]:
        give(one)
    AppraisalRound.objects.update(voices_until=TODAY - DAY)
    part = of(computed(cast, row), "师傅003").parts.get(key="voice")
    assert part.n == n
    if shown:
        assert part.figure == pytest.approx(14 / 3, abs=1e-6)
    else:
        assert (part.figure, part.low, part.high, part.why) == (None, None, None, "too_few")
    assert AppraisalPart.objects.filter(key="voice", figure__isnull=False).count() == shown


def test_whoever_has_not_answered_is_reminded_and_nobody_else(cast: Cast) -> None:
    taught(cast, 1, 3)
    asked(cast)
    one, *_ = waiting("师傅000")
    give(one)
    people = {row[3] for row in voices_to_give(Asked(at=AT, today=TODAY))}
    assert one.enrolment.person_id not in people
    assert {row.enrolment.person_id for row in waiting("师傅000")} < people
    own = queries.voices_of(one.enrolment.person, TODAY)
    assert [row.answered for row in own] == [True]
